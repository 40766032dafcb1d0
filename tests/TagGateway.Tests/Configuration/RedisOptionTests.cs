namespace TagGateway.Tests.Configuration;

/// <summary>The one option that holds another program's password.</summary>
public sealed class RedisOptionTests : IDisposable
{
    private const string Site = """ "sites": { "a": { "path": "/a1", "tags": ["G-A"], "origin": "http://x" } } """;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_None_SharesNothing() => Assert.Null(_folder.LoadFile($$"""{ {{Site}}, "cache": { "redis": null } }""").Settings!.Redis); // without errors

    [Fact]
    public void Load_FromAFile_IsTakenWithoutItsLineBreak()
    {
        _folder.Write("redis", "redis:7000,password=hunter2\n");

        var loaded = _folder.LoadFile($$"""{ {{Site}} }""", ("TAGGATEWAY_CACHE__REDIS_FILE", "redis"));

        Assert.Empty(loaded.Errors);
        Assert.Equal("hunter2", loaded.Settings?.Redis?.Options.Password);
    }

    [Theory]
    [InlineData("redis://:hunter2@redis:6379")]
    [InlineData("redis:6379,pasword=hunter2")]
    [InlineData("password=hunter2")]
    public void Load_Malformed_NamesTheKeyAndNotTheValue(string text)
    {
        _folder.Write("redis", text);

        var inFile = _folder.LoadFile($$"""{ {{Site}}, "cache": { "redis": "{{text}}" } }""");
        var inSecret = _folder.LoadFile($$"""{ {{Site}} }""", ("TAGGATEWAY_CACHE__REDIS_FILE", "redis"));

        Assert.StartsWith("cache.redis: must ", Assert.Single(inFile.Errors).ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" (from TAGGATEWAY_CACHE__REDIS_FILE)", Assert.Single(inSecret.Errors).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(inFile.Errors.Concat(inSecret.Errors), error => error.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_Printed_HoldNoPassword()
    {
        var loaded = _folder.LoadFile($$"""{ {{Site}}, "cache": { "redis": "redis,password=hunter2" } }""");

        Assert.DoesNotContain("hunter2", loaded.Settings!.ToString(), StringComparison.Ordinal); // without errors
    }
}
