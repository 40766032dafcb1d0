using System.Text;
using System.Text.RegularExpressions;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>Saved scripts of Google's in real Chromium, with the gateway and without it. <c>tests/run.sh scripts FOLDER</c> says which; otherwise the
/// stand-in's own is the one.</summary>
public sealed partial class RealScriptsInChromium(CoverageLab lab) : IClassFixture<CoverageLab>
{
    private const string Ads = "AW-1000001";
    private const string Denied = "gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });";
    private const string Events =
        "gtag('event', 'sign_up', { method: 'mail' }); gtag('event', 'purchase', { transaction_id: 't1', value: 12.5, currency: 'EUR', items: [{ item_id: 'S1', item_name: 'Shoe, red', price: 10 }] });";
    private const string Conversion =
        $"gtag('event', 'conversion', {{ send_to: '{Ads}/label', value: 2, currency: 'EUR', transaction_id: 't1', user_data: {{ email: 'a@b.example' }} }});";
    private const string Pushes =
        "dataLayer.push({ event: 'sign_up' }); dataLayer.push({ event: 'purchase', ecommerce: { transaction_id: 't1', value: 12.5, currency: 'EUR', items: [{ item_id: 'S1', item_name: 'Shoe', price: 10 }] } });";

    /// <summary>Google's domains: what else a container calls is the site's own affair.</summary>
    [GeneratedRegex(@"^https?://([a-z0-9-]+\.)*(google-analytics\.com|doubleclick\.net|googleadservices\.com|googlesyndication\.com|googletagmanager\.com|merchant-center-analytics\.goog|google\.(com|[a-z]{2}|com?\.[a-z]{2})|cct\.google)[/:?]")]
    private static partial Regex Google();

    [Fact]
    public async Task Copies_AllScenes_StayWithTheSite()
    {
        Assert.NotEmpty(ScriptCopy.Visited);
        var table = new StringBuilder("| copy | scene | requests without / through | escapes | refused | console without / through | lost | added | differ |\n|---|---|---|---|---|---|---|---|---|\n");
        var details = new StringBuilder();
        var file = Path.Combine(ScriptCopy.Folder ?? Path.GetTempPath(), "visited.md");
        var faults = 0;
        lab.Body = "<h1>Shop</h1><a id=\"away\" href=\"https://elsewhere.example/\">away</a><form><input name=\"email\" type=\"email\"></form><p style=\"height: 3000px\"></p>";
        foreach (var copy in ScriptCopy.Visited)
        {
            foreach (var (name, scene) in ScenesOf(copy))
            {
                faults += await CompareAsync(copy, name, scene, table, details);
                await File.WriteAllTextAsync(file, $"{table}\n{details}");
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"The table: {file}");
        await Console.Error.WriteLineAsync($"The table: {file}");
        Assert.True(faults == 0, $"{faults} faults: {file}\n{table}\n{details}");
    }

    private async Task<int> CompareAsync(ScriptCopy copy, string name, Scene scene, StringBuilder table, StringBuilder details)
    {
        var library = new CopyLibrary(ScriptCopy.All, copy) { IsInBerlin = name == "europe" };
        lab.Overrule = library.Answer;
        try
        {
            var without = await lab.VisitAsync(scene, Way.Plain);
            library.IsInBerlin = false;
            var through = await lab.VisitAsync(scene, Way.FullByGoogle, without);
            var comparison = ArrivalComparison.Of(HitsOf(without), HitsOf(through));
            var escapes = through.Escapes.Where(url => Google().IsMatch(url)).ToList();
            var (before, after) = (Errors(without), Errors(through));
            table.AppendLine($"| {copy.Name} | {name} | {without.Asked.Count} / {through.Asked.Count} | {escapes.Count} | {through.Refused.Count} | {before.Count} / {after.Count} | {comparison.Lost.Count} | {comparison.Added.Count} | {comparison.Differences.Count} |");
            var lines = escapes.Select(line => $"escape: {line}").Concat(through.Refused.Select(line => $"refused: {line}"))
                .Concat(before.Select(line => $"console without: {line}")).Concat(after.Select(line => $"console: {line}")).Append(comparison.ToString()).Where(line => line.Length > 0).ToList();
            if (lines.Count > 0)
            {
                details.AppendLine($"\n{copy.Name} {name}\n{string.Join('\n', lines)}");
            }

            return escapes.Count + through.Refused.Count + Math.Max(0, after.Count - before.Count) + comparison.Lost.Count;
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            // One copy that hangs the browser's page must not hide the others.
            table.AppendLine($"| {copy.Name} | {name} | {error.GetType().Name} | | | | | | |");
            details.AppendLine($"\n{copy.Name} {name}\n{error.Message}");
            return 1;
        }
        finally
        {
            lab.Overrule = null;
        }
    }

    /// <summary>What a script tells of itself, and that a visitor is still there, depends on the moment.</summary>
    private static IEnumerable<Arrival> HitsOf(Passage passage) => passage.Hits.Where(hit =>
        !hit.Place.EndsWith("www.googletagmanager.com/a", StringComparison.Ordinal) && !hit.Place.EndsWith("www.googletagmanager.com/td", StringComparison.Ordinal)
        && hit["en"] != "user_engagement" && Google().IsMatch($"https://{hit.Place[(hit.Place.IndexOf(' ', StringComparison.Ordinal) + 1)..]}/"));

    /// <summary>Of the console and the policy, less those about what is nobody's but the site's.</summary>
    private static List<string> Errors(Passage passage) =>
        [.. passage.Complaints.Where(line => !line.StartsWith("warning", StringComparison.Ordinal) && (!line.Contains("breach of", StringComparison.Ordinal) || Google().IsMatch(line[(line.IndexOf(": ", line.IndexOf("breach of", StringComparison.Ordinal), StringComparison.Ordinal) + 2)..].Split(' ')[0] + "/")) && !line.Contains("Content Security Policy", StringComparison.Ordinal))];

    private static IEnumerable<(string Name, Scene Scene)> ScenesOf(ScriptCopy copy)
    {
        var tag = copy.Kind == ScriptCopyKind.Destination && ScriptCopy.All.FirstOrDefault(other => other.Kind == ScriptCopyKind.Tag && other.Name[..2] == copy.Name[..2]) is { } host ? host.Id : copy.Id;
        var scene = new Scene { Tag = tag.Length > 0 ? tag : "analytics.js", OtherTags = [copy.Id, Ads, "DC-2000002"], Region = copy.Region, GatewayRegion = copy.Region };
        if (copy.Kind == ScriptCopyKind.Analytics)
        {
            const string Commands = "window.ga = function () { (ga.q = ga.q || []).push(arguments); }; ga.l = 1; ga('create', 'UA-1-1', 'auto'); ga('require', 'displayfeatures'); ga('send', 'pageview'); ga('send', 'event', 'a', 'b');";
            yield return ("events", scene with { OtherTags = [], Commands = Commands, Act = "ga('send', 'timing', 'a', 'b', 5);" });
            yield break;
        }

        if (copy.Kind == ScriptCopyKind.Container)
        {
            const string Start = "dataLayer.push({ 'gtm.start': new Date().getTime(), event: 'gtm.js' });";
            yield return ("events", scene with { Commands = Start, Act = Pushes + "document.getElementById('away').addEventListener('click', e => e.preventDefault()); document.getElementById('away').click(); scrollTo(0, 3000);" });
            yield return ("sampled", scene with { Commands = Start, Act = Pushes, IsSampled = true });
            yield return ("denied", scene with { Commands = Denied + Start, Act = Pushes });
            yield return ("click", scene with { Commands = Start, Query = "?gclid=Cj0KCQiA-abc_123", Act = Pushes });
            yield return ("europe", scene with { Commands = Start, Act = Pushes, Region = "DE-BE", GatewayRegion = "DE-BE" });
            yield break;
        }

        var configure = $"gtag('js', new Date()); gtag('config', '{tag}');" + (tag == copy.Id ? "" : $"gtag('config', '{copy.Id}');");
        var convert = copy.Id.StartsWith("AW-", StringComparison.Ordinal) ? Conversion.Replace(Ads, copy.Id, StringComparison.Ordinal)
            : copy.Id.StartsWith("DC-", StringComparison.Ordinal) ? $"gtag('event', 'conversion', {{ send_to: '{copy.Id}/type/cat+standard' }});"
            : "";
        yield return ("events", scene with { Commands = configure, Act = Events + convert + "document.getElementById('away').addEventListener('click', e => e.preventDefault()); document.getElementById('away').click(); scrollTo(0, 3000);" });
        var withAds = configure + (copy.Id.StartsWith("AW-", StringComparison.Ordinal) ? "" : $"gtag('config', '{Ads}');");
        var conversion = convert.Length > 0 ? convert : Conversion;
        yield return ("ads", scene with { Commands = withAds + "gtag('set', 'user_data', { email: 'a@b.example' });", Act = conversion + Events });
        yield return ("sampled", scene with { Commands = withAds, Act = conversion + Events, IsSampled = true });
        yield return ("denied", scene with { Commands = Denied + withAds, Act = conversion + Events });
        yield return ("click", scene with { Commands = withAds, Query = "?gclid=Cj0KCQiA-abc_123&gbraid=0AAAA", Act = conversion });
        yield return ("europe", scene with { Commands = withAds, Act = conversion + Events, Region = "DE-BE", GatewayRegion = "DE-BE" });
    }
}
