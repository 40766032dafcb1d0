using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>Whatever stands in file and environment, loading ends with settings or with errors, never with an exception.</summary>
public sealed class AnyConfigurationTests : IDisposable
{
    private const int Rounds = 800;

    private static readonly string[] Keys =
    [
        "$schema", "urls", "tls", "sites", "trustedProxies", "geo", "cache", "spool", "connectTo", "admin", "shutdown", "log", "certificates", "certificate", "key", "redirectHttp", "redirectPort", "delay", "enabled", "hosts", "path", "tags", "upstream",
        "coverage", "origin", "originHost", "page", "visitor", "scripts", "beacons", "ip", "cookies", "referer", "consent", "gpc", "redact", "maxAge", "maxBodyBytes",
        "timeout", "headers", "database", "default", "url", "token", "level", "format", "a", "A", "b.c", "", "*", "*.fps.goog", "URLS", "pth", "\u0000", "é[\"",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "*", "/", "/f807", "G-A", "http://*:8080", "h2c://[::1]:0", "https://x", "http://x:99999", "://", "http://[", "http://[::1", "10.0.0.0/8", "::1/129", "US-CA", "auto",
        "00:00:10", "99999999.00:00:00", "9999999.23:59:59", "00:00:10\n", "hide", "debug", "true", "1", "[", "[1]", "{", "{}", "{\"a\":{\"path\":1}}", "null", "a,b", "\u2028", new string('x', 300),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Load_AnyTreeAndVariables_EndsWithSettingsOrErrors(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var json = Members(random, JsonTypes.Root, 0).ToJsonString();
            var variables = Enumerable.Range(0, random.Next(4)).Select(_ => ("TAGGATEWAY_" + Variable(random), Pick(random, Texts))).DistinctBy(variable => variable.Item1).ToArray();

            var loaded = _folder.LoadFile(json, variables);

            Assert.Equal(loaded.Errors.Count == 0, loaded.Settings is not null);
            Assert.All(loaded.Errors.Concat(loaded.Warnings), error => Assert.DoesNotContain(error.ToString(), char.IsControl));
            Assert.Equal(loaded.Errors.Count, loaded.Errors.Distinct().Count());
        }
    }

    /// <summary>Mostly keys that the options have there, so that values reach the checks behind.</summary>
    private static JsonObject Members(Random random, JsonTypeInfo? type, int depth)
    {
        var members = new JsonObject();
        for (var i = random.Next(1, 7); i > 0; i--)
        {
            var property = type?.Kind == JsonTypeInfoKind.Object && random.Next(8) > 0 ? type.Properties[random.Next(type.Properties.Count)] : null;
            var valueType = property?.ValueType() ?? (type?.Kind == JsonTypeInfoKind.Dictionary ? type.ItemType() : null);
            members[property?.Name ?? Pick(random, Keys)] = Value(random, valueType, depth + 1);
        }

        return members;
    }

    private static JsonNode? Value(Random random, JsonTypeInfo? type, int depth)
    {
        var kind = random.Next(depth > 5 ? 5 : 9);
        if (type is not null && random.Next(4) > 0)
        {
            kind = type.Kind switch { JsonTypeInfoKind.None => random.Next(1, 5), JsonTypeInfoKind.Enumerable => 5, _ => 6 };
        }

        return kind switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.Next(3) switch { 0 => random.Next(-5, 5000), 1 => 1.5, _ => JsonNode.Parse("1e400") },
            3 or 4 => Pick(random, Texts),
            5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, null, Math.Max(depth, 4)))]),
            _ => Members(random, type, depth),
        };
    }

    private static string Variable(Random random) =>
        string.Join("__", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(random, Keys).ToUpperInvariant())) + (random.Next(5) == 0 ? "_FILE" : "");

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
