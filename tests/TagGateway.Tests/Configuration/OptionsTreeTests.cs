using TagGateway.Caching;

namespace TagGateway.Tests.Configuration;

/// <summary>Every kind of mistake in the tree: where it is, and what is said of it.</summary>
public sealed class OptionsTreeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"url\": \"x\"", "url: unknown key; did you mean \"urls\"?")]
    [InlineData("\"measurement\": 1", "measurement: unknown key; known here: urls, tls, sites, trustedProxies, geo, cache, limits, connectTo, admin, shutdown, log")]
    [InlineData("\"a b\": 1", "[\"a b\"]: unknown key; known here: ")]
    [InlineData("\"urls\": 8080", "urls: must be a string, not a number")]
    [InlineData("\"urls\": null", "urls: must be a string, not null")]
    [InlineData("\"urls\": [\"http://*:1\"]", "urls: must be a string, not a list")]
    [InlineData("\"$schema\": {}", "$schema: must be a string, not an object")]
    [InlineData("\"trustedProxies\": \"10.0.0.0/8\"", "trustedProxies: must be a list of strings, not \"10.0.0.0/8\"")]
    [InlineData("\"trustedProxies\": 10", "trustedProxies: must be a list of strings, not a number")]
    [InlineData("\"trustedProxies\": [\"::1\", null]", "trustedProxies[1]: must be a string, not null")]
    [InlineData("\"geo\": \"auto\"", "geo: must be an object, not a string")]
    [InlineData("\"geo\": null", "geo: must be an object, not null")]
    [InlineData("\"geo\": { \"headers\": true }", "geo.headers: must be a string or a list of strings, not true")]
    [InlineData("\"geo\": { \"database\": 5 }", "geo.database: must be a string, not a number")]
    [InlineData("\"geo\": { \"database\": \"\" }", "geo.database: is not the name of a file")]
    [InlineData("\"geo\": { \"database\": \"/x\" }", "geo.database: /x: there is no such file")]
    [InlineData("\"connectTo\": []", "connectTo: must be an object, not a list")]
    [InlineData("\"connectTo\": { \"*.fps.goog\": 5 }", "connectTo[\"*.fps.goog\"]: must be a string, not a number")]
    [InlineData("\"connectTo\": { \"*.fps.goog\": null }", "connectTo[\"*.fps.goog\"]: must be a string, not null")]
    [InlineData("\"log\": { \"level\": \"infomation\" }", "log.level: must be \"debug\", \"information\", \"warning\" or \"error\", not \"infomation\"; did you mean \"information\"?")]
    [InlineData("\"log\": { \"level\": \"1\" }", "log.level: must be \"debug\", \"information\", \"warning\" or \"error\", not \"1\"")]
    [InlineData("\"log\": { \"level\": \"debug, error\" }", "log.level: must be ")]
    [InlineData("\"log\": { \"format\": 0 }", "log.format: must be \"text\" or \"json\", not a number")]
    [InlineData("\"log\": { \"format\": null }", "log.format: must be \"text\" or \"json\", not null")]
    [InlineData("\"tls\": null", "tls: must be an object, not null")]
    [InlineData("\"tls\": { \"redirectHttp\": 1 }", "tls.redirectHttp: must be true or false, not a number")]
    [InlineData("\"urls\": \"https://*:1\", \"tls\": { \"certificates\": {} }", "tls.certificates: must be a list of objects, not an object")]
    [InlineData("\"spool\": null", "spool: is not available in this version of taggateway")]
    [InlineData("\"spool\": { \"directory\": null }", "spool: is not available in this version of taggateway")]
    [InlineData("\"admin\": \"secret\"", "admin: must be an object, not a string")]
    [InlineData("\"admin\": { \"token\": \"secret\" }", "admin.token: must be 16 to 1024 visible ASCII characters, without spaces")]
    [InlineData("\"admin\": { \"token\": \"secret but with spaces\" }", "admin.token: must be 16 to 1024 visible ASCII characters, without spaces")]
    [InlineData("\"admin\": { \"token\": { \"file\": \"secret\" } }", "admin.token: must be a string, not an object")]
    [InlineData("\"cache\": { \"memoryBytes\": 1048575 }", "cache.memoryBytes: must be 1048576 to 68719476736, not 1048575")]
    [InlineData("\"cache\": { \"memoryBytes\": 68719476737 }", "cache.memoryBytes: must be 1048576 to 68719476736, not 68719476737")]
    [InlineData("\"cache\": { \"memoryBytes\": \"64M\" }", "cache.memoryBytes: must be a whole number, not \"64M\"")]
    public void Load_OneMistakeAtTheTop_IsExactlyOneError(string member, string expected) =>
        AssertOnly($$"""{ "sites": { "a": { "path": "/f807", "tags": ["G-A"] } }, {{member}} }""", expected);

    [Theory]
    [InlineData("\"host\": \"x\"", "sites.a.host: unknown key; did you mean \"hosts\"?")]
    [InlineData("\"hosts\": \"a,b\"", "sites.a.hosts: must be a list of strings, not \"a,b\"")]
    [InlineData("\"hosts\": {}", "sites.a.hosts: must be a list of strings, not an object")]
    [InlineData("\"hosts\": [\"a\", 5]", "sites.a.hosts[1]: must be a string, not a number")]
    [InlineData("\"hosts\": [[\"a\"]]", "sites.a.hosts[0]: must be a string, not a list")]
    [InlineData("\"hosts\": [\"a\", \"b c\"]", "sites.a.hosts[1]: \"b c\" is not a host name")]
    [InlineData("\"enabled\": \"true\"", "sites.a.enabled: must be true or false, not \"true\"")]
    [InlineData("\"enabled\": null", "sites.a.enabled: must be true or false, not null")]
    [InlineData("\"origin\": 5, \"originHost\": \"x.example\"", "sites.a.origin: must be a string, not a number")]
    [InlineData("\"orgin\": \"http://x\", \"originHost\": \"x.example\"", "sites.a.orgin: unknown key; did you mean \"origin\"?")]
    [InlineData("\"upstream\": \"yahoo\"", "sites.a.upstream: must be")]
    [InlineData("\"upstream\": 1", "sites.a.upstream: must be")]
    [InlineData("\"coverage\": \"all\"", "sites.a.coverage: must be")]
    [InlineData("\"page\": { \"tag\": \"inject\" }", "sites.a.page.tag: has no effect without an origin")]
    [InlineData("\"page\": { \"tag\": \"add\" }", "sites.a.page.tag: must be \"leave\", \"rewrite\" or \"inject\", not \"add\"")]
    [InlineData("\"scripts\": { \"cache\": \"yes\" }", "sites.a.scripts.cache: must be true or false, not \"yes\"")]
    [InlineData("\"scripts\": { \"maxAge\": \"00:00:09\" }", "sites.a.scripts.maxAge: must be 00:00:10 to 1.00:00:00, not 00:00:09")]
    [InlineData("\"scripts\": { \"maxAge\": \"1.00:00:01\" }", "sites.a.scripts.maxAge: must be 00:00:10 to 1.00:00:00, not 1.00:00:01")]
    [InlineData("\"scripts\": { \"staleWhileRevalidate\": \"1.00:00:01\" }", "sites.a.scripts.staleWhileRevalidate: must be 00:00:00 to 1.00:00:00, not 1.00:00:01")]
    [InlineData("\"scripts\": { \"staleIfError\": \"30.00:00:01\" }", "sites.a.scripts.staleIfError: must be 00:00:00 to 30.00:00:00, not 30.00:00:01")]
    [InlineData("\"scripts\": { \"staleIfErrors\": \"00:00:01\" }", "sites.a.scripts.staleIfErrors: unknown key; did you mean \"staleIfError\"?")]
    [InlineData("\"visitor\": { \"redact\": [\"email\"] }", "sites.a.visitor.redact: a list is not available in this version of taggateway, only [] is")]
    [InlineData("\"visitor\": { \"cookies\": [\"_ga\", \"*\"] }", "sites.a.visitor.cookies[1]: \"*\" is not a cookie name")]
    [InlineData("\"visitor\": []", "sites.a.visitor: must be an object, not a list")]
    [InlineData("\"beacons\": { \"maxBodyBytes\": 1023 }", "sites.a.beacons.maxBodyBytes: must be 1024 to 16777216, not 1023")]
    [InlineData("\"beacons\": { \"maxBodyBytes\": 16777217 }", "sites.a.beacons.maxBodyBytes: must be 1024 to 16777216, not 16777217")]
    [InlineData("\"beacons\": { \"maxBodyBytes\": 1e4 }", "sites.a.beacons.maxBodyBytes: must be a whole number, not 1e4")]
    [InlineData("\"beacons\": { \"maxBodyBytes\": 2048.0 }", "sites.a.beacons.maxBodyBytes: must be a whole number, not 2048.0")]
    [InlineData("\"beacons\": { \"maxBodyBytes\": 99999999999999999999 }", "sites.a.beacons.maxBodyBytes: must be a whole number, not 99999999999999999999")]
    [InlineData("\"beacons\": { \"maxBodyBytes\": \"2048\" }", "sites.a.beacons.maxBodyBytes: must be a whole number, not \"2048\"")]
    [InlineData("\"beacons\": { \"timeout\": 10 }", "sites.a.beacons.timeout: must be a duration such as \"00:00:10\", not a number")]
    [InlineData("\"beacons\": { \"timeout\": \"00:02:01\" }", "sites.a.beacons.timeout: must be 00:00:01 to 00:02:00, not 00:02:01")]
    [InlineData("\"beacons\": { \"timeout\": \"1.00:00:00\" }", "sites.a.beacons.timeout: must be 00:00:01 to 00:02:00, not 1.00:00:00")]
    [InlineData("\"beacons\": { \"timeout\": \"10s\" }", "sites.a.beacons.timeout: \"10s\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"10\" }", "sites.a.beacons.timeout: \"10\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"0:00:10\" }", "sites.a.beacons.timeout: \"0:00:10\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"00:00:60\" }", "sites.a.beacons.timeout: \"00:00:60\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"24:00:00\" }", "sites.a.beacons.timeout: \"24:00:00\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"-00:00:10\" }", "sites.a.beacons.timeout: \"-00:00:10\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"00:00:10.5\" }", "sites.a.beacons.timeout: \"00:00:10.5\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \" 00:00:10\" }", "sites.a.beacons.timeout: \" 00:00:10\" is not a duration")]
    [InlineData("\"beacons\": { \"timeout\": \"00:00:10\\n\" }", "sites.a.beacons.timeout: \"00:00:10\\u000A\" is not a duration")]
    public void Load_OneMistakeInASite_IsExactlyOneError(string member, string expected) =>
        AssertOnly($$"""{ "sites": { "a": { "path": "/f807", "tags": ["G-A"], {{member}} } } }""", expected);

    [Theory]
    [InlineData("{ \"sites\": [] }", "sites: must be an object, not a list")]
    [InlineData("{ \"sites\": {} }", "sites: is empty")]
    [InlineData("{ \"site\": { \"a\": {} } }", "site: unknown key; did you mean \"sites\"?")]
    [InlineData("{ \"sites\": { \"a\": null } }", "sites.a: must be an object, not null")]
    [InlineData("{ \"sites\": { \"a\": { \"path\": 5, \"tags\": [\"G-A\"] } } }", "sites.a.path: must be a string, not a number")]
    [InlineData("{ \"sites\": { \"a\": { \"pth\": \"/f807\", \"tags\": [\"G-A\"] } } }", "sites.a.pth: unknown key; did you mean \"path\"?")]
    [InlineData("{ \"sites\": { \"a\": { \"path\": \"/f807\", \"tag\": \"G-A\" } } }", "sites.a.tag: unknown key; did you mean \"tags\"?")]
    [InlineData("{ \"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": {} } } }", "sites.a.tags: must be a list of strings, not an object")]
    [InlineData("{ \"sites\": { \"a.b\": { \"path\": \"/f807\", \"tags\": [\"G-A\"], \"enabled\": 1 } } }", "sites[\"a.b\"].enabled: must be true or false, not a number")]
    [InlineData("{ \"sites\": { \"a.b\": { \"path\": 5, \"tags\": [\"G-A\"] } } }", "sites[\"a.b\"].path: must be a string, not a number")]
    [InlineData("{ \"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": [\"G-A\"], \"hosts\": 5 }, \"b\": { \"path\": \"/f807\", \"tags\": [\"G-A\"] } } }", "sites.a.hosts: must be a list of strings, not a number")]
    public void Load_OneMistakeThatOthersWouldFollowFrom_IsStillOneError(string json, string expected) => AssertOnly(json, expected);

    [Fact]
    public void Load_ALongText_IsShortened()
    {
        var loaded = _folder.LoadFile($$"""{ "sites": { "a": { "path": "/f807", "tags": "{{new string('x', 1000)}}" } } }""");

        Assert.EndsWith($"{new string('x', 80)}…\"", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatIsAllowedToday_IsNoError()
    {
        var loaded = _folder.LoadFile("""
            { "$schema": null, "geo": { "headers": "auto", "database": null, "default": null }, "admin": { "token": null }, "cache": { "memoryBytes": 1048576, "redis": null },
              "sites": { "a": { "path": "/f807", "tags": ["G-A"], "origin": null, "upstream": "Gateway", "coverage": "official", "page": { "tag": "leave" },
                "visitor": { "consent": "off", "gpc": "IGNORE", "redact": [] }, "scripts": { "cache": true, "maxAge": "00:00:10", "staleWhileRevalidate": "00:00:00", "staleIfError": "30.00:00:00" },
                "beacons": { "spool": false, "timeout": "0.00:02:00" } } } }
            """);

        Assert.Empty(loaded.Errors);
        Assert.Equal(["auto"], loaded.Options.Geo.Headers);
        Assert.Equal(TimeSpan.FromMinutes(2), loaded.Settings!.Sites.All[0].Timeout);
        Assert.Equal(new CachePolicy(TimeSpan.FromSeconds(10), TimeSpan.Zero, TimeSpan.FromDays(30)), loaded.Settings.Sites.All[0].Scripts);
        Assert.Equal(1024 * 1024, loaded.Settings.CacheBytes);
    }

    private void AssertOnly(string json, string expected)
    {
        var loaded = _folder.LoadFile(json);

        Assert.StartsWith(expected, Assert.Single(loaded.Errors).ToString(), StringComparison.Ordinal);
        Assert.Null(loaded.Settings);
    }
}
