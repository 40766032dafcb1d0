using System.Text;
using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>Files that are no configuration at all: one clear line each.</summary>
public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n\t", "is empty")]
    [InlineData("[]", "must hold an object { … }, not a list")]
    [InlineData("null", "must hold an object { … }, not null")]
    [InlineData("\"x\"", "must hold an object { … }, not \"x\"")]
    [InlineData("// only a comment", "is not valid JSON: line 1")]
    [InlineData("{\n  \"urls\": oops\n}", "is not valid JSON: line 2, column 11: 'o' is an invalid start of a value")]
    [InlineData("{\n  \"urls\": \"http://*:1\"", "is not valid JSON: line 2, column 23: ")]
    [InlineData("{} {}", "is not valid JSON: line 1, column 4: ")]
    [InlineData("{\n \"urls\": \"\\uD800\" }", "is not valid JSON: line 2: a text holds an invalid \\u escape")]
    [InlineData("{\n \"\\uD800\": 5 }", "is not valid JSON: line 2: a text holds an invalid \\u escape")]
    public void Load_TextThatIsNoConfiguration_IsOneError(string text, string message)
    {
        var loaded = _folder.LoadFile(text);

        var error = Assert.Single(loaded.Errors);
        Assert.Equal("", error.Path);
        Assert.StartsWith($"{_folder.At("config/taggateway.json")}: {message}", error.Message, StringComparison.Ordinal);
        Assert.Null(loaded.Settings);
    }

    [Fact]
    public void Load_DeeplyNested_IsOneError()
    {
        var loaded = _folder.LoadFile(string.Concat(Enumerable.Repeat("{\"a\":", 100)));

        Assert.Contains("is not valid JSON: line 1", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flag")]
    [InlineData("variable")]
    public void Load_NamedFileIsMissing_IsOneErrorAndTheDefaultFileIsNotRead(string by)
    {
        _folder.Write(ConfigurationFile.DefaultPath, "[]");

        var loaded = by == "flag" ? _folder.Load(new ConfigurationFlags { Config = "no/where.json" }) : _folder.Load(null, ("TAGGATEWAY_CONFIG", "no/where.json"));

        Assert.Equal($"{_folder.At("no/where.json")}: there is no such file", Assert.Single(loaded.Errors).ToString());
        Assert.Equal(_folder.At("no/where.json"), loaded.FilePath);
    }

    [Fact]
    public void Load_Directory_IsOneError()
    {
        var loaded = _folder.Load(new ConfigurationFlags { Config = "." });

        Assert.EndsWith(": is a directory, not a file", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TooLarge_IsOneError()
    {
        _folder.Write("huge.json", $"{{ \"urls\": \"{new string('x', 33 * 1024 * 1024)}\" }}");

        var loaded = _folder.Load(new ConfigurationFlags { Config = "huge.json" });

        Assert.EndsWith(": is larger than 32 MB", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("latin1")]
    public void Load_OtherEncoding_IsOneError(string encoding)
    {
        File.WriteAllBytes(_folder.At("c.json"), Encoding.GetEncoding(encoding).GetPreamble().Concat(Encoding.GetEncoding(encoding).GetBytes("{ \"urls\": \"é\" }")).ToArray());

        var loaded = _folder.Load(new ConfigurationFlags { Config = "c.json" });

        Assert.EndsWith(": is not UTF-8 text", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatCannotBeRead_IsOneError()
    {
        var loaded = _folder.Load(new ConfigurationFlags { Config = "/proc/self/mem" });

        Assert.StartsWith("/proc/self/mem: cannot be read: ", Assert.Single(loaded.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BrokenFile_StillNamesWrongVariables()
    {
        var loaded = _folder.LoadFile("{", ("TAGGATEWAY_URL", "x"), ("TAGGATEWAY_LOG__LEVEL", "loud"));

        Assert.Equal(["", "TAGGATEWAY_URL", "log.level"], loaded.Errors.Select(error => error.Path));
    }

    [Fact]
    public void Load_KeysGivenTwice_AreAllNamed()
    {
        var loaded = _folder.LoadFile("""
            { "urls": "http://*:1", "urls": "http://*:2",
              "sites": { "a": { "path": "/f807", "tags": ["G-A"], "Path": "/x", "visitor": { "ip": "hide", "ip": "hide" } }, "A": {} },
              "connectTo": { "*.fps.goog": "http://a", "*.FPS.goog": "http://b" } }
            """);

        Assert.Equal(
            [
                "urls: is given twice",
                "sites.a.Path: is given twice: as \"path\" and \"Path\", and case does not count",
                "sites.a.visitor.ip: is given twice",
                "sites.A: is given twice: as \"a\" and \"A\", and case does not count",
                "connectTo[\"*.FPS.goog\"]: is given twice: as \"*.fps.goog\" and \"*.FPS.goog\", and case does not count",
            ],
            loaded.Errors.Select(error => error.ToString()));
    }
}
