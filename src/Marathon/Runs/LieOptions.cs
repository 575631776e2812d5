using System.Globalization;

namespace Marathon.Runs;

/// <summary>How often a lie is told. Without a rate it is told by time: at the first opportunity after a second, and then as often as <c>every</c> says.</summary>
/// <param name="Rate">Share of the opportunities (records, or answers where it is no lie about records), above 0 to 1; null for by time.</param>
/// <param name="Every">The least time between two tellings where no rate is given; null for the lie's own.</param>
/// <param name="Max">How often at most.</param>
public sealed record LieOptions(double? Rate, TimeSpan? Every, long Max)
{
    private static readonly string[] s_known = ["rate", "every", "max"];

    /// <summary>Reads the options of a lie: <c>rate</c> (0.001), <c>every</c> (500ms, 2s), <c>max</c> (10).</summary>
    /// <exception cref="FormatException">An option is unknown or its value is not possible; the message says what is.</exception>
    public static LieOptions Of(LieSpec lie)
    {
        if (lie.Options.Keys.FirstOrDefault(key => !s_known.Contains(key)) is { } unknown)
        {
            throw new FormatException($"lie '{lie}': there is no option '{unknown}'; there are {string.Join(", ", s_known)}");
        }

        return new LieOptions(
            lie.Options.TryGetValue("rate", out string? rate) ? Rates(lie, rate) : null,
            lie.Options.TryGetValue("every", out string? every) ? Duration(lie, every) : null,
            lie.Options.TryGetValue("max", out string? max) ? Count(lie, max) : long.MaxValue);
    }

    private static double Rates(LieSpec lie, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1
            ? rate
            : throw new FormatException($"lie '{lie}': rate '{text}' is not above 0 and at most 1");

    private static long Count(LieSpec lie, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0
            ? count
            : throw new FormatException($"lie '{lie}': max '{text}' is not a whole number above 0");

    private static TimeSpan Duration(LieSpec lie, string text)
    {
        double unit = text.EndsWith("ms", StringComparison.Ordinal) ? 0.001 : text.EndsWith('s') ? 1 : 0;
        string number = text.TrimEnd('s').TrimEnd('m');
        return unit > 0 && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value * unit is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(value * unit)
            : throw new FormatException($"lie '{lie}': every '{text}' is not a duration such as 500ms or 2s");
    }
}
