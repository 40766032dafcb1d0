using System.Text;

namespace TagGateway.Demo;

/// <summary>Reads the scripts, styles and pages that are embedded into this assembly.</summary>
internal static class EmbeddedFile
{
    /// <summary>The bytes of the file <paramref name="name"/>, such as <c>Google/tag.js</c>; throws when there is none.</summary>
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"No file {name} is embedded.", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static string ReadText(string name) => Encoding.UTF8.GetString(Read(name));
}
