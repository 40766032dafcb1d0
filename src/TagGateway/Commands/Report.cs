using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary>Tells the operator what is wrong: one line each, on standard error.</summary>
internal static class Report
{
    /// <summary>The program's own failures, as <c>taggateway: …</c>; of a longer text only the first line.</summary>
    public static void Failure(TextWriter error, string message) => error.WriteLine($"taggateway: {message.Split('\n')[0].TrimEnd()}");

    public static void Errors(TextWriter error, LoadedConfiguration loaded)
    {
        foreach (var wrong in loaded.Errors)
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
