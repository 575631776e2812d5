namespace Marathon.Runs;

/// <summary>A lie that the testbed is asked to tell: <c>KIND[:k=v,…]</c> on the command line.</summary>
/// <param name="Kind">An anomaly kind of the verifier, kebab-case.</param>
/// <param name="Options">Its options, <c>rate</c> the first of them (share of records, 0 to 1).</param>
public sealed record LieSpec(string Kind, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Reads <c>KIND[:k=v,…]</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form; the message names the part.</exception>
    public static LieSpec Parse(string text)
    {
        string[] halves = text.Split(':', 2, StringSplitOptions.TrimEntries);
        Dictionary<string, string> options = [];
        if (halves.Length == 2)
        {
            foreach (string pair in halves[1].Split(',', StringSplitOptions.TrimEntries))
            {
                string[] sides = pair.Split('=', 2, StringSplitOptions.TrimEntries);
                if (sides.Length != 2 || sides[0].Length == 0)
                {
                    throw new FormatException($"lie '{text}': '{pair}' is not key=value");
                }

                if (!options.TryAdd(sides[0], sides[1]))
                {
                    throw new FormatException($"lie '{text}': '{sides[0]}' is given twice");
                }
            }
        }

        return halves[0].Length > 0 ? new LieSpec(halves[0], options) : throw new FormatException($"lie '{text}': the kind is missing");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Options.Count == 0 ? Kind : $"{Kind}:{string.Join(',', Options.Select(o => $"{o.Key}={o.Value}"))}";
}
