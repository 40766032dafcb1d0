using System.Diagnostics;

namespace TagGateway.EndToEnd.Aot;

/// <summary>Runs a build tool at the repository's top to its end.</summary>
internal static class Tool
{
    /// <summary>Where TagGateway.sln lies.</summary>
    public static string Repository { get; } = FindRepository();

    /// <returns>Its exit code and all that it has written, errors too.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TagGateway.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("TagGateway.sln is nowhere above the tests");
        }

        return folder;
    }
}
