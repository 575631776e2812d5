using System.Globalization;

namespace Marathon.Configuration;

/// <summary>Numbers with a unit behind them, as people write durations and sizes.</summary>
public static class QuantityText
{
    private static readonly (string Suffix, double Factor)[] DurationUnits =
        [("ms", 0.001), ("us", 0.000001), ("s", 1), ("min", 60), ("m", 60), ("h", 3600), ("d", 86400)];

    private static readonly (string Suffix, double Factor)[] SizeUnits =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("kB", 1e3), ("B", 1),
    ];

    /// <summary>Reads <c>30s</c>, <c>500ms</c>, <c>1.5h</c>, <c>7d</c>; a plain number is seconds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        bool parsed = TryParse(text, DurationUnits, out double seconds) && double.Abs(seconds) < 1e10;
        duration = parsed ? TimeSpan.FromSeconds(seconds) : default;
        return parsed;
    }

    /// <summary>Reads <c>4096</c>, <c>1KiB</c>, <c>10MB</c>; a plain number is bytes.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bool parsed = TryParse(text, SizeUnits, out double value) && double.Abs(value) < 9e18;
        bytes = parsed ? (long)value : 0;
        return parsed;
    }

    /// <summary>Writes a duration the way <see cref="TryParseDuration"/> reads it, in the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        (string suffix, double factor) = seconds switch
        {
            0 => ("s", 1d),
            _ when seconds % 86400 == 0 => ("d", 86400d),
            _ when seconds % 3600 == 0 => ("h", 3600d),
            _ when seconds % 60 == 0 => ("m", 60d),
            _ when seconds % 1 == 0 => ("s", 1d),
            _ => ("ms", 0.001),
        };
        return (seconds / factor).ToString("0.######", CultureInfo.InvariantCulture) + suffix;
    }

    private static bool TryParse(string text, (string Suffix, double Factor)[] units, out double value)
    {
        text = text.Trim();
        double factor = 1;
        foreach ((string suffix, double of) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                text = text[..^suffix.Length].TrimEnd();
                factor = of;
                break;
            }
        }

        bool parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value *= factor;
        return parsed;
    }
}
