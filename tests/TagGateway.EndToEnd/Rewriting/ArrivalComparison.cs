namespace TagGateway.EndToEnd.Rewriting;

/// <summary>What arrived at Google through the gateway beside what arrives without it.</summary>
/// <param name="Lost">Came only without it.</param>
/// <param name="Added">Came only through it.</param>
/// <param name="Differences">One line a hit whose parameters differ.</param>
internal sealed record ArrivalComparison(IReadOnlyList<string> Lost, IReadOnlyList<string> Added, IReadOnlyList<string> Differences)
{
    public bool IsEqual => Lost.Count + Added.Count + Differences.Count == 0;

    public override string ToString() => string.Join('\n', [
        .. Lost.Select(line => $"lost: {line}"), .. Added.Select(line => $"added: {line}"), .. Differences.Select(line => $"differs: {line}"),
    ]);

    public static ArrivalComparison Of(IEnumerable<Arrival> direct, IEnumerable<Arrival> through)
    {
        var (lost, added, differences) = (new List<string>(), new List<string>(), new List<string>());
        var left = through.Select(arrival => (arrival.Place, Pairs: Essence(arrival))).ToList();
        var wanted = direct.Select(arrival => (arrival.Place, Pairs: Essence(arrival))).ToList();

        // Those that are alike go together first, so that an odd one is matched with what is left for it.
        foreach (var exact in wanted.ToList())
        {
            var at = left.FindIndex(other => other.Place == exact.Place && other.Pairs.SequenceEqual(exact.Pairs));
            if (at >= 0)
            {
                left.RemoveAt(at);
                wanted.Remove(exact);
            }
        }

        foreach (var one in wanted)
        {
            var nearest = left.Where(other => other.Place == one.Place).OrderBy(other => Distance(one.Pairs, other.Pairs)).FirstOrDefault();
            if (nearest.Place is null)
            {
                lost.Add($"{one.Place}?{string.Join('&', one.Pairs)}");
                continue;
            }

            left.Remove(nearest);
            var gone = one.Pairs.Except(nearest.Pairs).Select(pair => $"-{pair}");
            var come = nearest.Pairs.Except(one.Pairs).Select(pair => $"+{pair}");
            differences.Add($"{one.Place} {string.Join(' ', gone.Concat(come))}");
        }

        added.AddRange(left.Select(one => $"{one.Place}?{string.Join('&', one.Pairs)}"));
        return new(lost, added, differences);
    }

    private static string[] Essence(Arrival arrival) =>
        [.. arrival.Parameters.Select(KnownDifference.Essence).OfType<string>().Order(StringComparer.Ordinal)];

    private static int Distance(string[] one, string[] other) => one.Except(other).Count() + other.Except(one).Count();
}
