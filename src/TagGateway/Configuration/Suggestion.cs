namespace TagGateway.Configuration;

/// <summary>"did you mean …?": the known word that a mistyped one is nearest to.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 3;

    /// <summary>Null when none is near: more than a third of the letters differ, or more than three.</summary>
    public static string? Find(string given, IEnumerable<string> known)
    {
        var (best, bestDistance) = ((string?)null, int.MaxValue);
        foreach (var word in known)
        {
            var distance = Distance(given.ToLowerInvariant(), word.ToLowerInvariant());
            if (distance < bestDistance && distance <= Math.Min(MaxDistance, Math.Max(1, word.Length / 3)))
            {
                (best, bestDistance) = (word, distance);
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment: letters added, left out, replaced or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MaxDistance)
        {
            return int.MaxValue; // a key may be as long as the file: no table for it
        }

        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
