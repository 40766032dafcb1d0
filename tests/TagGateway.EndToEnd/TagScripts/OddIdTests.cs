using System.Text;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Routes;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>A tag id that is spelled so that only an upstream with odd manners would find it, beside the site's own: it leaves for Google, and a foreign script that comes
/// back for it is not served, by whatever method, cached or not, from whichever upstream.</summary>
public sealed class OddIdTests
{
    /// <summary>What follows the path; some name the site's own tag too.</summary>
    public static TheoryData<string> Queries =>
    [
        "?id%00=GTM-EVIL", "?id%00=GTM-EVIL&id=G-MAIN1", "?id=G-MAIN1&id%00=GTM-EVIL", "?id%00x=GTM-EVIL", "?%00id=GTM-EVIL", "?id%20%00=GTM-EVIL",
        "?id[]=GTM-EVIL", "?id=G-MAIN1&id[]=GTM-EVIL", "?id[]=G-MAIN1&id[]=GTM-EVIL", "?id%5b%5d=GTM-EVIL", "?id[0]=GTM-EVIL", "?id[id]=GTM-EVIL", "?[id]=GTM-EVIL", "?id.=GTM-EVIL", "?id%5b=GTM-EVIL",
        "?x=1%26id=GTM-EVIL", "?id=G-MAIN1&x=1%26id=GTM-EVIL", "?x=1%2526id=GTM-EVIL", "?x=%3Fid=GTM-EVIL", "?x=1%3Bid=GTM-EVIL", "?l=dataLayer%26id%3DGTM-EVIL", "?x=1%0aid=GTM-EVIL", "?x=1%23id=GTM-EVIL",
        "?%69d=GTM-EVIL", "?id=G-MAIN1&%69d=GTM-EVIL", "?%2569d=GTM-EVIL", "?%252569d=GTM-EVIL", "?%25252569d=GTM-EVIL", "?%c0%a9d=GTM-EVIL", "?%c1%a9d=GTM-EVIL", "?%u0069d=GTM-EVIL", "?\\u0069d=GTM-EVIL", "?%6%39d=GTM-EVIL",
        "?id;=GTM-EVIL", "?id;GTM-EVIL", "?id=;id=GTM-EVIL", "?id=G-MAIN1;id=GTM-EVIL", "?x;id=GTM-EVIL", "?id=G-MAIN1%3Bid=GTM-EVIL", "?id=G-MAIN1,id=GTM-EVIL",
        "?+id=GTM-EVIL", "?id+=GTM-EVIL", "?%20id=GTM-EVIL", "?id%09=GTM-EVIL", "?id%0d%0a=GTM-EVIL", "?id%c2%a0=GTM-EVIL", "?%ef%bb%bfid=GTM-EVIL", "?i%64%00=GTM-EVIL", "?%e2%80%8bid=GTM-EVIL",
        "?&&id=GTM-EVIL", "??id=GTM-EVIL", "?&?id=GTM-EVIL", "?=&id=GTM-EVIL", "?id==GTM-EVIL", "?id=&id=GTM-EVIL", "?id&id=GTM-EVIL", "?id=%20&id[]=GTM-EVIL", "?ID[]=GTM-EVIL", "?%49%44=GTM-EVIL",
        "?%ef%bd%89%ef%bd%84=GTM-EVIL", "?\u0131d=GTM-EVIL", "?%c4%b1d=GTM-EVIL", "?i%cc%87d=GTM-EVIL", "?amp;id=GTM-EVIL", "?x=1&amp;id=GTM-EVIL", "?x=1&%61mp;id=GTM-EVIL", "?{\"id\":\"GTM-EVIL\"}", "?x[id]=GTM-EVIL",
        "?id=G-MAIN1%00GTM-EVIL", "?id=G-MAIN1%0aGTM-EVIL", "?id=G-MAIN1&container=GTM-EVIL", "?id=G-MAIN1&tid=GTM-EVIL", "?id=G-MAIN1&i%00d=GTM-EVIL", "?id=G-MAIN1&gtm=GTM-EVIL",
    ];

    private static readonly string[] Paths = ["/f807/", "/f807/gtm.js", "/f807/gtag/js", "/f807/gtd"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "OPTIONS"];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Script_ForeignOneForAnOddSpelling_IsNotServed(string query)
    {
        await using var google = Hostile();
        await using var passing = await RunningGateway.StartAsync(google.Address);
        await using var keeping = await RunningGateway.StartAsync(google.Address, root: RunningGateway.KnownRegion);
        await using var ordinary = await FullGateway.StartAsync(google);
        await using var full = await FullGateway.StartAsync(google, FullGateway.CoverageFull);

        foreach (var target in Paths.SelectMany(path => (string[])[path + query, $"{path}{query}&gtm_debug=x"]))
        {
            foreach (var gateway in (RunningGateway[])[passing, keeping, keeping, ordinary, ordinary, full, full])
            {
                await AssertNotServedAsync(gateway, target);
            }
        }

        foreach (var target in (string[])[$"/f807/-/www.googletagmanager.com/gtag/js{query}", $"/f807/-/www.googletagmanager.com/gtm.js{query}&gtm_debug=x"])
        {
            await AssertNotServedAsync(ordinary, target);
            await AssertNotServedAsync(full, target);
        }
    }

    /// <summary>A HEAD that is passed on has nothing to judge, and nothing to run.</summary>
    private static async Task AssertNotServedAsync(RunningGateway gateway, string target)
    {
        foreach (var method in Methods)
        {
            var body = method == "POST" ? "id=GTM-EVIL" : "";
            var response = await gateway.SendAsync(
                $"{method} {target} HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");

            Assert.True(response.Status is 302 or 400 or 404 or 502 || (method == "HEAD" && response.Body.Length == 0), $"{method} {target}: {response.Head}");
            Assert.DoesNotContain(Script.Evil, response.Head + response.Text, StringComparison.Ordinal);
        }
    }

    private static RawUpstream Hostile()
    {
        var google = new RawUpstream();
        var foreign = Script.Answer("Content-Type: application/javascript\r\nCache-Control: private, max-age=900\r\n", Encoding.UTF8.GetBytes(Script.Foreign));
        google.Answer = (request, stream) => stream.WriteAsync(request.Method == "HEAD" ? foreign.AsMemory(0, foreign.Length - Script.Foreign.Length) : foreign).AsTask();
        return google;
    }
}
