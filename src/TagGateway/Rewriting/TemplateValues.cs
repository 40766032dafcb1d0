using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>What fills the holes of a template.</summary>
/// <param name="Scheme"><c>https</c> or <c>http</c>, as the visitor's browser sees it.</param>
/// <param name="Host">The visitor's host, with a port where he uses one. Letters, digits, '-', '.', ':' and brackets only: it is written into a script.</param>
/// <param name="Path">The measurement path, <c>/f807</c>.</param>
/// <param name="Place">Where the visitor is.</param>
internal sealed record TemplateValues(string Scheme, string Host, string Path, GooglePlace Place)
{
    public string Origin { get; } = $"{Scheme}://{Host}";

    /// <summary>One word for all of it: what differs in this differs in the script.</summary>
    public string Name { get; } = $"{Scheme}://{Host}{Path} {Place.Name}";

    /// <summary>Of <see cref="Name"/>: letters and digits.</summary>
    public string Hash { get; } = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{Scheme}://{Host}{Path} {Place.Name}")).ToString("x16", CultureInfo.InvariantCulture);
}
