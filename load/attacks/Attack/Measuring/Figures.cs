using System.Globalization;
using System.Text;

namespace TagGateway.Attacks.Measuring;

/// <summary>What was measured, as one line that scripts read: <c>asked=100 p99=12.3</c>. A dash: there is no such figure.</summary>
internal sealed class Figures
{
    private readonly StringBuilder _line = new();

    public Figures Add(string name, object? value)
    {
        _line.Append(_line.Length == 0 ? "" : " ").Append(name).Append('=').Append(value switch
        {
            null => "-",
            double number => number.ToString("0.###", CultureInfo.InvariantCulture),
            TimeSpan time => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        });
        return this;
    }

    public override string ToString() => _line.ToString();
}
