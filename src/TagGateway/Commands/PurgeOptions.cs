using System.CommandLine;
using System.CommandLine.Parsing;

namespace TagGateway.Commands;

/// <summary>The options of <c>taggateway purge</c>: what, and at which gateway.</summary>
internal sealed class PurgeOptions
{
    private readonly Option<string> _site = new("--site") { Description = "What is kept of this site, by its name in the configuration.", HelpName = "NAME" };

    private readonly Option<string> _tag = new("--tag") { Description = "What is kept of this tag, such as G-ABC123; with --site: of this tag of that site.", HelpName = "ID" };

    private readonly Option<bool> _all = new("--all") { Description = "All that is kept.", Arity = ArgumentArity.Zero };

    private readonly Option<string> _url = new("--url") { Description = "The gateway's administration port. Default: admin.url of the configuration, on this machine.", HelpName = "URL" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _site, _tag, _all, _url })
        {
            command.Add(option);
        }

        _url.Validators.Add(CheckUrl);
        command.Validators.Add(Check);
    }

    /// <summary>Null: any.</summary>
    public string? Site(ParseResult result) => result.GetValue(_site);

    /// <summary>Null: any.</summary>
    public string? Tag(ParseResult result) => result.GetValue(_tag);

    /// <summary>Without a slash at its end; null: the configuration's.</summary>
    public string? Url(ParseResult result) => result.GetValue(_url)?.TrimEnd('/');

    /// <summary>Looks only at what is there: values that are no values are told of elsewhere.</summary>
    private void Check(CommandResult result)
    {
        var isOfSomething = result.GetResult(_site) is not null || result.GetResult(_tag) is not null;
        if (isOfSomething == result.GetResult(_all) is not null)
        {
            result.AddError(isOfSomething ? "--all goes with neither --site nor --tag" : "Say what to purge: --site NAME, --tag ID, both, or --all");
        }
    }

    private static void CheckUrl(OptionResult result)
    {
        if (result.Tokens is [var url] && !IsAddress(url.Value))
        {
            result.AddError($"--url must be http://HOST:PORT or https://HOST:PORT, without a path, not '{url.Value}'");
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.PathAndQuery == "/" && url.Fragment.Length == 0 && url.UserInfo.Length == 0 && url.Host.Length > 0;
}
