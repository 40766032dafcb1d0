using System.Text.RegularExpressions;
using TagGateway.EndToEnd.Harness;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Configuration;

/// <summary>The program whose files come to block: it goes on, names them, and ends.</summary>
public sealed partial class BlockedFileTests : IDisposable
{
    private readonly BlockableFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Run_CertificateComesToBlock_OthersAreRenewedItIsNamedAndTheProgramEnds()
    {
        await using var gateway = await GatewayProcess.StartAsync(_files.Arguments, _files.Variable);
        var problem = $"TLS certificate not up to date: tls.certificates[0].certificate: {_files.At("0.crt")}: cannot be read: no answer for 5 s";

        Fifo.Replace(_files.At("0.crt"));
        await Eventually.HoldsAsync(async () => (await ReadyAsync(gateway)).Contains(problem, StringComparison.Ordinal), "/readyz names it");
        SomeCertificate.Create("renewed.example").Write(_files.At("1.crt"), _files.At("1.key"));
        await Eventually.HoldsAsync(() => gateway.Output.Contains("TLS certificate in force: renewed.example", StringComparison.Ordinal), "the other is renewed");
        Assert.StartsWith("ready\n", await ReadyAsync(gateway), StringComparison.Ordinal);
        Assert.Single(Problem().Matches(gateway.Output));

        Fifo.ReplaceByFile(_files.At("0.crt"), _files.First.Certificate);
        await Eventually.HoldsAsync(async () => await ReadyAsync(gateway) == "ready\n", "nothing is wrong any more");
        Assert.Equal(0, await gateway.TerminateAsync());
    }

    [Fact]
    public async Task Run_EveryFileComesToBlock_EachIsNamedAndTheProgramEnds()
    {
        await using var gateway = await GatewayProcess.StartAsync(_files.Arguments, _files.Variable);

        foreach (var file in (string[])["0.crt", "0.key", "1.crt", "1.key", "c.json"])
        {
            Fifo.Replace(_files.At(file));
        }

        foreach (var file in (string[])["0.crt", "0.key", "1.crt", "1.key", "c.json"])
        {
            await Eventually.HoldsAsync(
                async () => (await ReadyAsync(gateway)).Contains($"{_files.At(file)}: cannot be read: no answer", StringComparison.Ordinal), $"/readyz names {file}", TimeSpan.FromSeconds(60));
        }

        Assert.Equal(0, await gateway.TerminateAsync());
    }

    [Fact]
    public async Task Run_ConfigurationFromAPipe_ServesAndIsNotReadAgain()
    {
        var written = Fifo.WriteAsync(Fifo.Create(_files.At("pipe")), await File.ReadAllTextAsync(_files.At("c.json")));

        await using var gateway = await GatewayProcess.StartAsync($"--config {_files.At("pipe")}");
        await written;
        // The configuration is looked at as often as the certificates are: when one is taken, the pipe has been looked at.
        SomeCertificate.Create("renewed.example").Write(_files.At("1.crt"), _files.At("1.key"));
        await Eventually.HoldsAsync(() => gateway.Output.Contains("TLS certificate in force: renewed.example", StringComparison.Ordinal), "a certificate is renewed");

        Assert.Equal("ready\n", await ReadyAsync(gateway));
        Assert.Equal(0, await gateway.TerminateAsync());
    }

    [GeneratedRegex("no answer for 5 s")]
    private static partial Regex Problem();

    private static async Task<string> ReadyAsync(GatewayProcess gateway)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(gateway.Admin + "/readyz");
    }
}
