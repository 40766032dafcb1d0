using TagGateway.EndToEnd.Harness;
using TagGateway.Tests.Configuration;

namespace TagGateway.EndToEnd.Configuration;

/// <summary>A file that blocks when the program starts, or is told to check, is an error that names it.</summary>
public sealed class BlockedStartTests : IDisposable
{
    private readonly BlockableFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("c.json", "")]
    [InlineData("0.crt", "tls.certificates[0].certificate: ")]
    [InlineData("0.key", "tls.certificates[0].key: ")]
    [InlineData("page.html", "sites.shop.errorPage: ")]
    [InlineData("token", "TAGGATEWAY_ADMIN__TOKEN_FILE: ")]
    public async Task Start_FileThatBlocks_IsAnErrorInsteadOfAWait(string file, string place)
    {
        Fifo.Replace(_files.At(file));

        var ends = await Task.WhenAll(
            GatewayProcess.RunAsync(_files.Arguments, _files.Variable), GatewayProcess.RunAsync($"check {_files.Arguments}", _files.Variable));

        Assert.All(ends, end =>
        {
            Assert.Equal(1, end.ExitCode);
            var error = Assert.Single(end.Errors.Trim().Split('\n'), line => !line.StartsWith("warning", StringComparison.Ordinal));
            Assert.StartsWith(place, error, StringComparison.Ordinal);
            Assert.Contains("cannot be read: no answer for 5 s (a pipe that nothing writes to, or a mount that hangs?)", error, StringComparison.Ordinal);
            Assert.Contains(place.StartsWith("TAGGATEWAY", StringComparison.Ordinal) ? "the file it names" : _files.At(file), error, StringComparison.Ordinal);
        });
    }
}
