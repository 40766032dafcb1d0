using System.Text;

namespace TagGateway.Configuration;

/// <summary>One thing that is wrong with the configuration, or (as a warning) that it will not do what was wanted.</summary>
/// <param name="Path">Where, as <c>sites.shop.hosts[1]</c>; the variable when its name is wrong; empty for the file as a whole.</param>
/// <param name="Message">What, in the operator's words, quoting the value; no secrets.</param>
internal sealed record ConfigurationError(string Path, string Message)
{
    /// <summary>Always one line: control characters of a quoted value are written as <c>\u000A</c>.</summary>
    public override string ToString()
    {
        var text = Path.Length == 0 ? Message : $"{Path}: {Message}";
        return text.Any(char.IsControl)
            ? text.Aggregate(new StringBuilder(), (line, c) => char.IsControl(c) ? line.Append($"\\u{(int)c:X4}") : line.Append(c)).ToString()
            : text;
    }
}
