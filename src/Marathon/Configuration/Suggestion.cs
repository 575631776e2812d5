namespace Marathon.Configuration;

/// <summary>What somebody may have meant who misspelt a name.</summary>
public static class Suggestion
{
    // No known name is nearly as long; a longer one is not compared, for that takes the product of both lengths.
    private const int LongestName = 100;

    /// <summary>A remedy: the nearest of the known names, or all of them.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        string? nearest = name.Length > LongestName ? null : names.MinBy(n => Distance(name.ToLowerInvariant(), n.ToLowerInvariant()));
        return nearest is not null && Distance(name.ToLowerInvariant(), nearest.ToLowerInvariant()) <= Math.Max(2, name.Length / 3)
            ? $"did you mean '{nearest}'?"
            : $"known are: {string.Join(", ", names)}";
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
