using System.Text.RegularExpressions;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>A difference between a hit through the gateway and the same one without it that is as it should be.</summary>
/// <param name="Name">The parameter: a regular expression for the whole of its name.</param>
/// <param name="Value">What in its value does not count: a regular expression; null: the whole of it.</param>
/// <param name="MayMiss">It may be there on one side alone.</param>
/// <param name="Reason">Why.</param>
internal sealed record KnownDifference(string Name, string? Value, bool MayMiss, string Reason)
{
    private const string Random = "drawn anew by each page";
    private const string Time = "of the moment";

    /// <summary>All of them. Whatever is not here is a fault.</summary>
    public static readonly IReadOnlyList<KnownDifference> All =
    [
        new("_p|cid|gacid|auiddc|ecid|_gsid|gsid|random|rnd|ord|auid|pid|tag_exp_seed|jid|gjid|a|z|_gid|rcb|bttype_seed|cv_seed|_u_seed|rand|num|bg", null, false, Random),
        new("_et", null, true, "time since the last event, left out when it is none"),
        new("_ht|epn\\.seconds", null, false, Time),
        new("tag_exp|exp", null, false, "the experiments that the visit was drawn into"),
        new("sid|ecsid|tfd|tft|fst|it|hn_t|_s|_ss_t|bat|gjt|qt|tt|navt|_eu_t|gclaw_t|uaw_t|ct_cookie_t", null, false, Time),
        new(".*", @"(plain|www)\.shop\.example", false, "the shop without a gateway has a host name of its own"),
        new("FPAU|FPGCLAW", null, false, Random),
        new("gtm", "za20[0-9a-z]", false, "the script sees that it was not loaded from Google's own host"),
        new("scrsrc", null, true, "the host that the script was loaded from, when it is not Google's"),
        new("_?uip", null, true, "the gateway tells Google the visitor's address, which Google sees itself without it"),
    ];

    private readonly Regex _name = new($"^(?:{Name})$", RegexOptions.None, TimeSpan.FromSeconds(1));
    private readonly Regex? _value = Value is null ? null : new Regex(Value, RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>What counts of <c>name=value</c>; null: nothing.</summary>
    public static string? Essence(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? pair : pair[..equals];
        var value = equals < 0 ? "" : pair[(equals + 1)..];
        foreach (var known in All.Where(known => known._name.IsMatch(name)))
        {
            if (known.MayMiss)
            {
                return null;
            }

            value = known._value is null ? "…" : known._value.Replace(value, "…");
        }

        return $"{name}={value}";
    }
}
