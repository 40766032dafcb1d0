using TagGateway.Configuration;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Receiving;

/// <summary>What the configuration may say of TLS, and what is said of any other.</summary>
public sealed class TlsSettingsTests : IDisposable
{
    private const string Site = "\"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": [\"G-A\"] } }, \"geo\": { \"default\": \"DE\" }";
    private const string Pair = "\"certificates\": [{ \"certificate\": \"a.crt\", \"key\": \"a.key\" }]";
    private const string Both = "\"urls\": \"http://*:8080;https://*:8443\"";
    private readonly TempFolder _folder = new();

    public TlsSettingsTests()
    {
        SomeCertificate.Create("a.example").Write(_folder.At("a.crt"), _folder.At("a.key"));
        SomeCertificate.Create("b.example").Write(_folder.At("b.crt"), _folder.At("b.key"));
        SomeCertificate.Create(TimeSpan.FromDays(-2), false, "old.example").Write(_folder.At("old.crt"), _folder.At("old.key"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_CertificatesAndRedirect_AreRead()
    {
        var loaded = Load($"{Both}, \"tls\": {{ {Pair}, \"redirectHttp\": true, \"redirectPort\": 443 }}");

        Assert.Empty(loaded.Errors);
        Assert.Empty(loaded.Warnings);
        var tls = loaded.Settings!.Tls!;
        Assert.Equal((true, 443), (tls.RedirectHttp, tls.RedirectPort));
        Assert.Equal(_folder.At("a.crt"), Assert.Single(tls.Certificates.Pairs).CertificatePath);
    }

    [Fact]
    public void Load_Environment_GivesCertificatesAsJson()
    {
        var loaded = _folder.LoadFile(
            $"{{ {Site} }}", ("TAGGATEWAY_URLS", "https://*:8443"), ("TAGGATEWAY_TLS__CERTIFICATES", """[{ "certificate": "a.crt", "key": "a.key" }]"""));

        Assert.Empty(loaded.Errors);
        Assert.NotNull(loaded.Settings!.Tls);
    }

    [Theory]
    [InlineData("\"certificates\": [{ \"certificate\": \"none.crt\", \"key\": \"a.key\" }]", "tls.certificates[0].certificate: {0}/none.crt: there is no such file")]
    [InlineData("\"certificates\": [{ \"certificate\": \"a.crt\", \"key\": \"none.key\" }]", "tls.certificates[0].key: {0}/none.key: there is no such file")]
    [InlineData("\"certificates\": [{ \"certificate\": \"a.crt\", \"key\": \"a.key\" }, { \"certificate\": \"a.crt\", \"key\": \"b.key\" }]", "tls.certificates[1].key: {0}/b.key: is not the key of the first certificate in {0}/a.crt")]
    [InlineData("\"certificates\": [{ \"certificate\": \"a.crt\" }]", "tls.certificates[0].key: is missing: name a PEM file")]
    [InlineData("\"certificates\": [{ \"certificate\": \"a.crt\", \"kye\": \"a.key\" }]", "tls.certificates[0].kye: unknown key; did you mean \"key\"?")]
    [InlineData("\"certificates\": [{ \"certificate\": 1, \"key\": \"a.key\" }]", "tls.certificates[0].certificate: must be a string, not a number")]
    [InlineData("\"certificates\": [\"a.crt\"]", "tls.certificates[0]: must be an object, not a string")]
    [InlineData("\"certificates\": \"a.crt\"", "tls.certificates: must be a list of objects, not \"a.crt\"")]
    [InlineData("\"certificates\": [{ \"certificate\": \"a\\u0000\", \"key\": \"a.key\" }]", "tls.certificates[0].certificate: is not the name of a file")]
    [InlineData(Pair + ", \"redirectPort\": 70000", "tls.redirectPort: must be 1 to 65535, not 70000")]
    public void Load_AMistake_IsNamedWithItsPlace(string tls, string expected)
    {
        var loaded = Load($"\"urls\": \"http://*:8080\", \"tls\": {{ {tls} }}");

        Assert.Equal(expected.Replace("{0}", _folder.Path, StringComparison.Ordinal), Assert.Single(loaded.Errors).ToString());
    }

    [Fact]
    public void Load_HttpsWithoutACertificate_IsAnError() =>
        Assert.Equal("tls.certificates: is empty: https://*:8443 in urls needs one", Assert.Single(Load(Both).Errors).ToString());

    [Theory]
    [InlineData("\"urls\": \"http://*:8080\"", Pair, "tls.certificates: has no effect: urls names no https:// address")]
    [InlineData("\"urls\": \"https://*:8443\"", Pair + ", \"redirectHttp\": true", "tls.redirectHttp: has no effect: urls names no http:// address")]
    [InlineData("\"urls\": \"http://*:8080\"", "\"redirectHttp\": true", "tls.redirectHttp: has no effect: urls names no https:// address")]
    [InlineData(Both, Pair + ", \"redirectPort\": 443", "tls.redirectPort: has no effect: tls.redirectHttp is false")]
    [InlineData(Both, "\"certificates\": [{ \"certificate\": \"old.crt\", \"key\": \"old.key\" }]", "tls.certificates[0].certificate: {0}/old.crt: has expired on ")]
    public void Load_WithoutEffectOrExpired_IsOneWarning(string urls, string tls, string expected)
    {
        var loaded = Load($"{urls}, \"tls\": {{ {tls} }}");

        Assert.Empty(loaded.Errors);
        Assert.StartsWith(expected.Replace("{0}", _folder.Path, StringComparison.Ordinal), Assert.Single(loaded.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BrokenFilesOfAPairInForce_DoNotKeepAnotherChangeFromItsEffect()
    {
        var inForce = Load($"{Both}, \"tls\": {{ {Pair} }}").Settings!;
        File.WriteAllText(_folder.At("a.key"), "broken");

        var loaded = ConfigurationLoader.Load(_folder.Input(), inForce);

        Assert.Empty(loaded.Errors);
        Assert.Same(inForce.Tls!.Certificates.Pairs[0], loaded.Settings!.Tls!.Certificates.Pairs[0]);
    }

    private LoadedConfiguration Load(string members) => _folder.LoadFile($"{{ {Site}, {members} }}");
}
