using System.Globalization;
using System.Text.Json;

namespace Marathon.Configuration;

/// <summary>Reads one value of a configuration from JSON, where numbers may also be text with a unit.</summary>
internal static class ConfigValue
{
    public static bool TryRead(ConfigField field, JsonElement json, out object? value, out string problem)
    {
        Type type = Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType;
        string text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString()!,
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };
        value = Parse(type, field, text, out double number);
        problem = (value, json.ValueKind) switch
        {
            (_, JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) => $"is {json.ValueKind.ToString().ToLowerInvariant()}",
            (null, _) => $"'{text}' is not understood",
            _ when number < field.Attribute.Minimum => $"'{text}' is below the minimum of {Limit(field.Attribute.Minimum)}",
            _ when number > field.Attribute.Maximum => $"'{text}' is above the maximum of {Limit(field.Attribute.Maximum)}",
            _ => "",
        };
        return problem.Length == 0;
    }

    private static object? Parse(Type type, ConfigField field, string text, out double number)
    {
        number = 0;
        if (field.Attribute.OneOf is { } values)
        {
            return values.FirstOrDefault(v => v.Equals(text, StringComparison.OrdinalIgnoreCase));
        }

        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out bool flag) ? flag : null;
        }

        if (type.IsEnum)
        {
            return EnumText.TryParse(type, text, out object? named) ? named : null;
        }

        if (type == typeof(TimeSpan))
        {
            bool parsed = QuantityText.TryParseDuration(text, out TimeSpan duration);
            number = duration.TotalSeconds;
            return parsed ? duration : null;
        }

        if (type == typeof(Rate) && text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            number = field.Attribute.Maximum;
            return Rate.Max;
        }

        if (field.Attribute.Unit == "bytes")
        {
            bool parsed = QuantityText.TryParseSize(text, out long bytes);
            number = bytes;
            return !parsed ? null : type == typeof(int) ? bytes is >= int.MinValue and <= int.MaxValue ? (int)bytes : null : bytes;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number))
        {
            return null;
        }

        return type switch
        {
            _ when type == typeof(Rate) => new Rate(number),
            _ when type == typeof(double) => number,
            _ when type == typeof(int) && int.TryParse(text, CultureInfo.InvariantCulture, out int whole) => whole,
            _ when type == typeof(long) && long.TryParse(text, CultureInfo.InvariantCulture, out long whole) => whole,
            _ => null,
        };
    }

    private static string Limit(double limit) => limit.ToString("0.######", CultureInfo.InvariantCulture);
}
