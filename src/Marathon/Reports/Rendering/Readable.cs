using System.Globalization;
using System.Text.Json;

namespace Marathon.Reports.Rendering;

/// <summary>Numbers and times as people read them; the same in every kind of report.</summary>
internal static class Readable
{
    public const string Absent = "–";

    private static readonly (double Seconds, string Suffix)[] DurationUnits = [(86_400, "d"), (3_600, "h"), (60, "min")];

    public static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>About three significant digits, thousands grouped.</summary>
    public static string Number(double value) => double.Abs(value) switch
    {
        0 => "0",
        double.PositiveInfinity or double.NaN => Absent,
        >= 1e15 or < 0.001 => value.ToString("0.##e+0", CultureInfo.InvariantCulture),
        < 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,##0", CultureInfo.InvariantCulture),
    };

    /// <summary>For the labels of an axis: <c>20 k</c>.</summary>
    public static string Short(double value) => double.Abs(value) switch
    {
        >= 1e12 => Number(value / 1e12) + " T",
        >= 1e9 => Number(value / 1e9) + " G",
        >= 1e6 => Number(value / 1e6) + " M",
        >= 1e4 => Number(value / 1e3) + " k",
        _ => Number(value),
    };

    /// <summary>Cents, and four places where there are less than ten of them: <c>0.0183 USD</c>.</summary>
    public static string Money(decimal amount, string currency) =>
        amount.ToString(amount is > 0 and < 0.1m ? "0.0000" : "#,##0.00", CultureInfo.InvariantCulture) + " " + currency;

    public static string Bytes(double bytes) => double.Abs(bytes) switch
    {
        >= 1L << 40 => Number(bytes / (1L << 40)) + " TiB",
        >= 1L << 30 => Number(bytes / (1L << 30)) + " GiB",
        >= 1L << 20 => Number(bytes / (1L << 20)) + " MiB",
        >= 1L << 10 => Number(bytes / (1L << 10)) + " KiB",
        _ => Number(bytes) + " B",
    };

    /// <summary><c>850 ms</c>, <c>12.4 s</c>, <c>3 min 20 s</c>, <c>2 d 4 h</c>: the two largest units.</summary>
    public static string Duration(double seconds)
    {
        if (double.Abs(seconds) < 1 && seconds != 0)
        {
            return Number(double.Round(seconds * 1000, 1)) + " ms";
        }

        double rest = double.Round(seconds);
        for (int i = 0; i < DurationUnits.Length; i++)
        {
            (double unit, string suffix) = DurationUnits[i];
            if (rest < unit)
            {
                continue;
            }

            (double smaller, string smallerSuffix) = i + 1 < DurationUnits.Length ? DurationUnits[i + 1] : (1, "s");
            double remainder = double.Floor(rest % unit / smaller);
            return $"{double.Floor(rest / unit):0} {suffix}" + (remainder > 0 ? $" {remainder:0} {smallerSuffix}" : "");
        }

        return Number(double.Round(seconds, 1)) + " s";
    }

    public static string Duration(double? seconds) => seconds is { } value ? Duration(value) : Absent;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A value of a configuration or of an example, whether from our own model or read back from JSON.</summary>
    public static string Value(object? value) => value switch
    {
        null => Absent,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => Absent,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement json => JsonSerializer.Serialize(json),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
