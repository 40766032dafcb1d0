using System.CommandLine;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary>The options of every command that reads the configuration.</summary>
internal sealed class ConfigurationOptions
{
    private readonly Option<string> _config = new("--config")
    {
        Description = $"The configuration file. Default: {ConfigurationFile.Variable}, else {ConfigurationFile.DefaultPath} if there.",
        HelpName = "FILE",
    };

    private readonly Option<string> _urls = new("--urls") { Description = "Where visitors are served, such as \"http://*:8080\".", HelpName = "URL[;URL]" };

    private readonly Option<string[]> _tag = new("--tag") { Description = "The tag id of the only site, such as G-ABC123; several: again, or with commas.", HelpName = "ID" };

    private readonly Option<string> _path = new("--path") { Description = "The measurement path of the only site, such as /f807.", HelpName = "/PATH" };

    private readonly Option<string> _origin = new("--origin") { Description = "The website behind the only site, such as http://127.0.0.1:3000.", HelpName = "URL" };

    private readonly Option<string[]> _host = new("--host") { Description = "The host of the only site; default any; several: again, or with commas.", HelpName = "NAME" };

    public void AddFileTo(Command command) => command.Add(_config);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _config, _urls, _tag, _path, _origin, _host })
        {
            command.Add(option);
        }
    }

    /// <param name="result">Of a command that <see cref="AddTo"/> or <see cref="AddFileTo"/> was called with.</param>
    public ConfigurationFlags Read(ParseResult result) => new()
    {
        Config = result.GetValue(_config),
        Urls = result.GetValue(_urls),
        Tag = Join(result.GetValue(_tag)),
        Path = result.GetValue(_path),
        Origin = result.GetValue(_origin),
        Host = Join(result.GetValue(_host)),
    };

    private static string? Join(string[]? values) => values is { Length: > 0 } ? string.Join(',', values) : null;
}
