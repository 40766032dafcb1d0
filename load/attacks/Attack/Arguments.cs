using System.Globalization;
using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks;

/// <summary>The command line behind its verb: <c>--name value</c>, each at most once but <c>--path</c> and <c>--header</c>.</summary>
internal sealed class Arguments
{
    private readonly List<(string Name, string Value)> _pairs = [];

    /// <exception cref="ArgumentException">A name without a value, or a value without a name.</exception>
    public Arguments(ReadOnlySpan<string> arguments)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length)
            {
                throw new ArgumentException($"\"{arguments[i]}\" is not an option with a value");
            }

            _pairs.Add((arguments[i][2..], arguments[i + 1]));
        }
    }

    /// <summary>Of those that are asked for by <c>--url</c>, <c>--from</c>, <c>--sources</c> and <c>--host</c>.</summary>
    public Target Target => new(Text("url"), Text("from", "127.0.0.2"), Number("sources", 1)) { Host = Text("host", "www.shop.example") };

    public RequestTemplate Template => new(Paths, All("header"));

    public IReadOnlyList<string> Paths => All("path") is { Count: > 0 } paths ? paths : ["/"];

    public string Text(string name, string? otherwise = null) =>
        All(name) is [.., var value] ? value : otherwise ?? throw new ArgumentException($"--{name} is missing");

    public int Number(string name, int otherwise) => int.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    /// <summary>Given in seconds.</summary>
    public TimeSpan Seconds(string name, double otherwise) =>
        TimeSpan.FromSeconds(double.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture));

    public bool Has(string name) => All(name).Count > 0;

    /// <summary>Spelled with or without hyphens, in any case: <c>rapid-reset</c>.</summary>
    public TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(Text(name).Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private List<string> All(string name) => [.. _pairs.Where(pair => pair.Name == name).Select(pair => pair.Value)];
}
