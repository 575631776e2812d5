using System.Globalization;
using System.Text.Json;

namespace Marathon.Configuration;

/// <summary>Reads one value of a configuration from JSON, where numbers may also be text with a unit.</summary>
internal static class ConfigValue
{
    private const int LongestQuote = 60;

    /// <param name="field">The field that takes it.</param>
    /// <param name="json">The value.</param>
    /// <param name="value">What the field's property takes.</param>
    /// <param name="problem">What is wrong with it; empty when nothing is.</param>
    public static bool TryRead(ConfigField field, JsonElement json, out object? value, out string problem)
    {
        value = null;
        if (!TryText(json, out string text, out problem))
        {
            return false;
        }

        Type type = Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType;
        value = IsNumeric(type) ? Number(type, field.Attribute, text, out problem) : Word(type, field.Attribute, text, out problem);
        return problem.Length == 0;
    }

    /// <summary>A single value as text; a list, an object and null are none.</summary>
    public static bool TryText(JsonElement json, out string text, out string problem)
    {
        text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString()!,
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };
        problem = json.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined
            ? $"is {EnumText.Name(json.ValueKind)}"
            : "";
        return problem.Length == 0;
    }

    private static bool IsNumeric(Type type) =>
        type == typeof(TimeSpan) || type == typeof(Rate) || type == typeof(int) || type == typeof(long) || type == typeof(double);

    private static object? Word(Type type, ConfigKeyAttribute attribute, string text, out string problem)
    {
        object? value = type switch
        {
            _ when attribute.OneOf is { } values => values.FirstOrDefault(v => v.Equals(text, StringComparison.OrdinalIgnoreCase)),
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out bool flag) ? flag : null,
            _ when type.IsEnum => EnumText.TryParse(type, text, out object? named) ? named : null,
            _ => throw new NotSupportedException($"a configuration cannot hold a {type}"),
        };
        problem = value is null ? $"{Quote(text)} is not understood" : "";
        return value;
    }

    private static object? Number(Type type, ConfigKeyAttribute attribute, string text, out string problem)
    {
        problem = "";
        if (type == typeof(Rate) && text.Trim().Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return Rate.Max;
        }

        bool isDuration = type == typeof(TimeSpan);
        if (!(isDuration ? QuantityText.TryParseSeconds(text, out double number)
            : attribute.Unit == "bytes" ? QuantityText.TryParseBytes(text, out number)
            : QuantityText.TryParseNumber(text, out number)))
        {
            problem = $"{Quote(text)} is not understood";
            return null;
        }

        bool isWhole = type == typeof(int) || type == typeof(long);
        double minimum = double.Max(attribute.Minimum, type == typeof(int) ? int.MinValue : isDuration ? -QuantityText.LongestSeconds : double.MinValue);
        double maximum = double.Min(attribute.Maximum, type == typeof(int) ? int.MaxValue : type == typeof(long) ? QuantityText.MostBytes : isDuration ? QuantityText.LongestSeconds : double.MaxValue);
        problem = number switch
        {
            _ when number < minimum => $"{Quote(text)} is below the minimum of {Limit(minimum)}",
            _ when number > maximum => $"{Quote(text)} is above the maximum of {Limit(maximum)}",
            _ when isWhole && !double.IsInteger(number) => $"{Quote(text)} is not a whole number",
            _ => "",
        };
        return problem.Length > 0 ? null : type switch
        {
            _ when isDuration => QuantityText.ToDuration(number),
            _ when type == typeof(Rate) => new Rate(number),
            _ when type == typeof(int) => (int)number,
            _ when type == typeof(long) => (long)number,
            _ => number,
        };
    }

    // What others wrote may be of any length; an error message repeats only its begin.
    private static string Quote(string text) => text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}…'";

    private static string Limit(double limit) => limit.ToString("0.######", CultureInfo.InvariantCulture);
}
