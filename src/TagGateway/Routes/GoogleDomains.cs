using System.Collections.Frozen;

namespace TagGateway.Routes;

/// <summary>The domains of Google's search in the world, less their <c>google.</c>: <c>com</c>, <c>de</c>, <c>co.uk</c>. The tag reports to the visitor's own.
/// Source: <c>https://www.google.com/supported_domains</c>, which a tag's macro <c>google_tld</c> is out of.</summary>
internal static class GoogleDomains
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Suffixes = List.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private const string List = """
        com ad ae com.af com.ag com.ai al am co.ao com.ar as at com.au az ba com.bd be bf bg com.bh bi bj com.bn com.bo com.br bs bt co.bw by com.bz
        ca cd cf cg ch ci co.ck cl cm cn com.co co.cr com.cu cv com.cy cz de dj dk dm com.do dz com.ec ee com.eg es com.et fi com.fj fm fr
        ga ge gg com.gh com.gi gl gm gp gr com.gt gy com.hk hn hr ht hu co.id ie co.il im co.in iq is it je com.jm jo co.jp co.ke com.kh ki kg co.kr com.kw kz
        la com.lb li lk co.ls lt lu lv com.ly co.ma md me mg mk ml com.mm mn ms com.mt mu mv mw com.mx com.my co.mz
        com.na com.nf com.ng com.ni ne nl no com.np nr nu co.nz com.om com.pa com.pe com.pg com.ph com.pk pl pn com.pr ps pt com.py com.qa ro ru rw
        com.sa com.sb sc se com.sg sh si sk com.sl sn so sm sr st com.sv td tg co.th com.tj tk tl tm tn to com.tr tt com.tw co.tz
        com.ua co.ug co.uk com.uy co.uz com.vc co.ve vg co.vi com.vn vu ws rs co.za co.zm co.zw cat
        """;

    /// <param name="suffix">What follows <c>google.</c>, in lower case.</param>
    public static bool Contains(ReadOnlySpan<char> suffix) => Suffixes.Contains(suffix);
}
