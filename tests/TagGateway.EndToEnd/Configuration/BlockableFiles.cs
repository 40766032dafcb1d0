using TagGateway.Tests.Configuration;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Configuration;

/// <summary>A configuration that names a file of every kind, each written whole.</summary>
internal sealed class BlockableFiles : IDisposable
{
    private readonly TempFolder _folder = new();

    public BlockableFiles()
    {
        First.Write(At("0.crt"), At("0.key"));
        SomeCertificate.Create("b.example").Write(At("1.crt"), At("1.key"));
        _folder.Write("page.html", "<p>Sorry</p>");
        _folder.Write("token", "a-token-of-some-length");
        _folder.Write("c.json", $$"""
            {
              "tls": { "certificates": [{ "certificate": "{{At("0.crt")}}", "key": "{{At("0.key")}}" }, { "certificate": "{{At("1.crt")}}", "key": "{{At("1.key")}}" }] },
              "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "http://127.0.0.1:1", "errorPage": "{{At("page.html")}}" } }
            }
            """);
    }

    /// <summary>The pair of <c>0.crt</c> and <c>0.key</c>.</summary>
    public SomeCertificate First { get; } = SomeCertificate.Create("a.example");

    /// <summary>For the command line.</summary>
    public string Arguments => $"--config {At("c.json")}";

    /// <summary>For the environment.</summary>
    public (string, string) Variable => ("TAGGATEWAY_ADMIN__TOKEN_FILE", At("token"));

    public string At(string name) => _folder.At(name);

    public void Dispose() => _folder.Dispose();
}
