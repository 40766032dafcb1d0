using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Certificates are replaced under traffic: new connections get the new ones, open ones go on, a broken pair changes nothing.</summary>
public sealed class TlsReloadTests
{
    private static readonly SomeCertificate First = SomeCertificate.Create("shop.example");
    private static readonly SomeCertificate Second = SomeCertificate.Create("shop.example");

    [Fact]
    public async Task Replace_UnderTraffic_NewConnectionsGetTheNewOneAndNoRequestFails()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", First);
        using var browser = tls.Browser(HttpVersion.Version20);
        using var stop = new CancellationTokenSource();
        var visits = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                Assert.StartsWith("GET", await browser.GetStringAsync("https://shop.example/page"), StringComparison.Ordinal);
                using var visit = await tls.VisitAsync("shop.example");
                Assert.Contains(visit.Thumbprint, new[] { First.Thumbprint, Second.Thumbprint });
            }

            return count;
        })).ToList();

        tls.Replace(0, Second);
        await Eventually.HoldsAsync(async () => await tls.ServedAsync("shop.example") == Second.Thumbprint, "the new certificate is served");
        tls.Replace(0, First);
        await Eventually.HoldsAsync(async () => await tls.ServedAsync("shop.example") == First.Thumbprint, "the old certificate is served again");

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(visits), count => Assert.True(count > 0));
    }

    [Fact]
    public async Task Replace_BrokenPair_KeepsTheOldOneAndReadyzNamesIt()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", First);

        tls.Replace(0, First with { Certificate = Second.Certificate });
        await Eventually.HoldsAsync(async () => (await tls.ReadyAsync()).Contains("TLS certificate not up to date: tls.certificates[0].key: ", StringComparison.Ordinal), "/readyz names it");
        Assert.StartsWith("ready\n", await tls.ReadyAsync(), StringComparison.Ordinal);
        Assert.Equal(First.Thumbprint, await tls.ServedAsync("shop.example"));

        tls.Replace(0, Second);
        await Eventually.HoldsAsync(async () => await tls.ServedAsync("shop.example") == Second.Thumbprint, "the whole pair is served");
        Assert.Equal("ready\n", await tls.ReadyAsync());
    }

    [Fact]
    public async Task Replace_SwappedLink_IsTakenAsKubernetesDoesIt()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", First);
        Write("..1", First);
        Directory.CreateSymbolicLink(tls.At("..data"), "..1");
        foreach (var name in new[] { "0.crt", "0.key" })
        {
            File.Delete(tls.At(name));
            File.CreateSymbolicLink(tls.At(name), $"..data/{name}");
        }

        Write("..2", Second);
        Directory.CreateSymbolicLink(tls.At("..data_tmp"), "..2");
        Assert.Equal(0, Rename(tls.At("..data_tmp"), tls.At("..data")));

        await Eventually.HoldsAsync(async () => await tls.ServedAsync("shop.example") == Second.Thumbprint, "the certificate behind the new link is served");
        void Write(string version, SomeCertificate pair)
        {
            Directory.CreateDirectory(tls.At(version));
            pair.Write(tls.At($"{version}/0.crt"), tls.At($"{version}/0.key"));
        }
    }

    [Fact]
    public async Task Reload_ConfigurationWithoutTls_GoesOnWithTheLastCertificates()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", First);

        await File.WriteAllTextAsync(tls.Gateway.File, """
            { "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "sites": { "shop": { "hosts": ["shop.example"], "path": "/other", "tags": ["G-MAIN1"] } } }
            """);
        await Eventually.HoldsAsync(() => tls.Gateway.Get<TagGateway.Configuration.CurrentSettings>().Value.Tls is null, "the configuration is in force");

        Assert.Equal(First.Thumbprint, await tls.ServedAsync("shop.example"));
    }

    /// <summary>The platform's own would follow the link.</summary>
    [DllImport("libc", EntryPoint = "rename", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(string from, string to);
}
