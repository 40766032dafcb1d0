using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;
using TagGateway.Receiving;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A browser and a Google for websites that know nothing of a gateway, and stand behind one. No request can be lost from sight: every host but the site's
/// is the stand-in.</summary>
public sealed class PageLab : IAsyncLifetime
{
    private const string Site = "www.shop.example";

    /// <summary>What Chromium asks for itself, whatever the page is.</summary>
    private const string OfTheBrowser =
        "MAP accounts.google.com ~NOTFOUND, MAP *.googleapis.com ~NOTFOUND, MAP clients*.google.com ~NOTFOUND, MAP *.gvt1.com ~NOTFOUND, ";

    private readonly string _folder = Directory.CreateTempSubdirectory("taggateway-pages-").FullName;
    private Browser _browser = null!; // set by InitializeAsync

    internal GoogleStandIn Google { get; private set; } = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        Google = await GoogleStandIn.StartAsync(new GoogleStandInOptions { HttpsUrl = "https://127.0.0.1:0" });
        var pair = SomeCertificate.Create(Site);
        pair.Write(Path.Combine(_folder, "tls.crt"), Path.Combine(_folder, "tls.key"));
        using var certificate = X509Certificate2.CreateFromPem(pair.Certificate);
        var pin = Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        _browser = await Browser.StartAsync(
            $"{OfTheBrowser}MAP {Site} 127.0.0.1, MAP *:80 {Google.HttpAddress.Authority}, MAP * {Google.HttpsAddress!.Authority}", $"{pin},{Google.CertificatePin}");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await Google.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A visitor before the site, who has not opened it yet.</summary>
    /// <param name="page">What the website has.</param>
    /// <param name="options">The members of the site's <c>page</c>.</param>
    /// <param name="tags">The site's, the main one first; <c>GTM-MAIN1</c> loads <c>G-CHILD9</c>.</param>
    internal async Task<SceneVisit> StartAsync(ScenePage page, string options, params string[] tags)
    {
        Google.Scenario = new GoogleScenario
        {
            ServiceWorker = false,
            Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-CHILD9"] },
        };
        Google.Recorder.Clear();
        var website = await Website.StartAsync(HttpProtocols.Http1, answer: page.AnswerAsync);
        var gateway = await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "https://127.0.0.1:0",
              "tls": { "certificates": [{ "certificate": "{{_folder}}/tls.crt", "key": "{{_folder}}/tls.key" }] },
              "admin": { "url": "http://127.0.0.1:0" },
              "log": { "level": "error" },
              "connectTo": { "*": "{{Google.HttpAddress.GetLeftPart(UriPartial.Authority)}}" },
              {{RunningGateway.KnownRegion}},
              "sites": { "shop": {
                "hosts": ["{{Site}}"], "path": "/f807", "tags": [{{string.Join(", ", tags.Select(tag => $"\"{tag}\""))}}],
                "origin": "{{website.Address}}", "page": { {{options}} } } }
            }
            """);
        var visit = await _browser.VisitAsync();
        await visit.Page.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error('breach of ' + e.violatedDirective + ': ' + e.blockedURI))");
        return new SceneVisit(Google, website, gateway, visit, $"https://{Site}:{new Uri(gateway.Get<Endpoints>().Traffic[0]).Port}");
    }
}
