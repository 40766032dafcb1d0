using TagGateway.Receiving;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Receiving;

/// <summary>Which certificate a server name gets.</summary>
public sealed class CertificateTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shop.example", 1)]
    [InlineData("SHOP.Example", 1)]
    [InlineData("shop.example.", 1)]
    [InlineData("www.shop.example", 2)]
    [InlineData("api.shop.example", 1)]
    [InlineData("a.b.shop.example", 0)]
    [InlineData("*.shop.example", 1)]
    [InlineData("other.example", 0)]
    [InlineData("example", 0)]
    [InlineData(".shop.example", 0)]
    [InlineData("shop.example..", 0)]
    [InlineData("münchen.example", 3)]
    [InlineData("xn--mnchen-3ya.example", 3)]
    [InlineData("a.münchen.example", 0)]
    [InlineData("\u00AD", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Find_ServerName_ExactThenWildcardThenTheFirst(string? name, int expected)
    {
        TlsCertificate[] all = [Read("default.example"), Read("shop.example", "*.shop.example"), Read("www.shop.example", "shop.example"), Read("xn--mnchen-3ya.example")];

        var found = new CertificateTable(all).Find(name);

        Assert.Equal(expected, Array.IndexOf(all, found));
    }

    private TlsCertificate Read(params string[] names)
    {
        SomeCertificate.Create(names).Write(_folder.At("c"), _folder.At("k"));
        var certificate = CertificateReading.Of(_folder.At("c"), _folder.At("k"), SomeFiles.In()).Certificate;
        Assert.NotNull(certificate);
        return certificate;
    }
}
