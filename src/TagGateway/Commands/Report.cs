using System.CommandLine;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary>Tells the operator what is wrong: one line each, on standard error.</summary>
internal static class Report
{
    /// <summary>The program's own failures, as <c>taggateway: …</c>; of a longer text only the first line.</summary>
    public static void Failure(TextWriter error, string message) => error.WriteLine($"taggateway: {message.Split('\n')[0].TrimEnd()}");

    /// <summary>What of the command line was not understood, with the word that was probably meant.</summary>
    public static void WrongUsage(TextWriter error, ParseResult result)
    {
        var command = result.CommandResult.Command;
        var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name)).ToList();
        foreach (var message in result.Errors.Select(wrong => wrong.Message.TrimEnd('.')))
        {
            var token = result.UnmatchedTokens.FirstOrDefault(token => message.EndsWith($"'{token}'", StringComparison.Ordinal));
            var meant = token is null ? null : Suggestion.Find(token, known);
            Failure(error, message + (meant is null ? "" : $"; did you mean {meant}?"));
        }

        Failure(error, $"see: taggateway {(command is RootCommand ? "" : command.Name + " ")}--help");
    }

    public static void Errors(TextWriter error, LoadedConfiguration loaded) => Errors(error, loaded.Errors);

    public static void Errors(TextWriter error, IReadOnlyList<ConfigurationError> errors)
    {
        foreach (var wrong in errors)
        {
            error.WriteLine(wrong);
        }
    }

    public static void Warnings(TextWriter error, LoadedConfiguration loaded)
    {
        foreach (var warning in loaded.Warnings)
        {
            error.WriteLine($"warning: {warning}");
        }
    }
}
