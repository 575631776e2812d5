using System.Globalization;

namespace Marathon.Configuration;

/// <summary>Numbers with a unit behind them, as people write durations and sizes.</summary>
public static class QuantityText
{
    /// <summary>The longest duration that is read; some 300 years.</summary>
    internal const double LongestSeconds = 1e10;

    /// <summary>The largest size that is read; a double still tells it from its neighbours.</summary>
    internal const double MostBytes = 1L << 53;

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
        bool parsed = TryParseSeconds(text, out double seconds) && double.Abs(seconds) <= LongestSeconds;
        duration = parsed ? ToDuration(seconds) : default;
        return parsed;
    }

    /// <summary>Reads <c>4096</c>, <c>1KiB</c>, <c>10MB</c>; a plain number is bytes.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bool parsed = TryParseBytes(text, out double value) && double.Abs(value) <= MostBytes;
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

    /// <summary>To the nearest tick; <see cref="TimeSpan.FromSeconds(double)"/> cuts off, and 0.3ms would lose one.</summary>
    internal static TimeSpan ToDuration(double seconds) => TimeSpan.FromTicks((long)double.Round(seconds * TimeSpan.TicksPerSecond));

    /// <summary>Seconds, of whatever size.</summary>
    internal static bool TryParseSeconds(string text, out double seconds) => TryParse(text, DurationUnits, out seconds);

    /// <summary>Whole bytes, of whatever size: 4.35KB is 4350, though no double is 4.35.</summary>
    internal static bool TryParseBytes(string text, out double bytes)
    {
        bool parsed = TryParse(text, SizeUnits, out bytes);
        bytes = double.Round(bytes);
        return parsed;
    }

    /// <summary>A number without a unit.</summary>
    internal static bool TryParseNumber(string text, out double number) => TryParse(text, [], out number);

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

        bool parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        value *= factor;
        return parsed && double.IsFinite(value);
    }
}
