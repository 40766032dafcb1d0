using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

public sealed class ServiceLinksTests
{
    [Theory]
    [InlineData("SERVICE_HOST", "10.0.0.1")]
    [InlineData("SERVICE_PORT", "80")]
    [InlineData("SERVICE_PORT_HTTP", "80")]
    [InlineData("PORT", "tcp://10.0.0.1:80")]
    [InlineData("PORT_80_TCP", "tcp://10.0.0.1:80")]
    [InlineData("PORT_80_TCP_ADDR", "10.0.0.1")]
    [InlineData("ADMIN_SERVICE_HOST", "10.0.0.2")]
    [InlineData("ADMIN_SERVICE_PORT_METRICS", "8081")]
    [InlineData("ADMIN_PORT", "tcp://10.0.0.2:8081")]
    [InlineData("MY_REDIS_PORT_6379_TCP_PROTO", "tcp")]
    public void IsOne_WhatKubernetesSets_IsNoSetting(string word, string value)
    {
        Assert.True(ServiceLinks.IsOne(word, value, out var warning));
        Assert.Null(warning);
    }

    [Theory]
    [InlineData("ADMIN_PORT", "8081")]
    [InlineData("ADMIN__URL", "http://127.0.0.1:1")]
    [InlineData("URLS", "tcp://10.0.0.1:80")]
    public void IsOne_WhatSomebodyMeant_IsNone(string word, string value) =>
        Assert.False(ServiceLinks.IsOne(word, value, out _));

    [Fact]
    public void Load_PortAsASetting_IsAWarning()
    {
        using var folder = new TempFolder();

        var loaded = folder.Load(null, ("TAGGATEWAY_TAG", "G-A"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_PORT", "9000"), ("TAGGATEWAY_ADMIN_SERVICE_HOST", "10.0.0.2"));

        Assert.Empty(loaded.Errors);
        Assert.Contains(loaded.Warnings, warning => warning.Path == "TAGGATEWAY_PORT" && warning.Message.Contains("TAGGATEWAY_URLS", StringComparison.Ordinal));
    }
}
