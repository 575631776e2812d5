using System.Globalization;
using System.Reflection;

namespace Marathon.Configuration;

/// <summary>One key of a configuration: what it is called, what it takes, what it is when nobody sets it.</summary>
/// <param name="Property">The property that holds it.</param>
/// <param name="Attribute">Its description.</param>
/// <param name="Default">Its default value.</param>
public sealed record ConfigField(PropertyInfo Property, ConfigKeyAttribute Attribute, object? Default)
{
    /// <summary>The key.</summary>
    public string Key => Attribute.Key;

    /// <summary>True when the key stands for every key with its prefix.</summary>
    public bool IsPrefix => Key.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>What it takes, for people: <c>duration (s, ms, m, h)</c>, <c>one of 0, 1, all</c>.</summary>
    public string Takes => (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) switch
    {
        _ when Attribute.OneOf is { } values => "one of " + string.Join(", ", values),
        { } type when type == typeof(TimeSpan) => "duration (500ms, 30s, 5m, 2h, 7d)",
        { } type when type == typeof(Rate) => $"{Attribute.Unit}, or max",
        { } type when type == typeof(bool) => "true or false",
        { } type when type == typeof(string) => "text",
        { IsEnum: true } type => "one of " + string.Join(", ", EnumText.Names(type)),
        _ when IsPrefix => "any property of Kafka's own",
        _ when Attribute.Unit == "bytes" => "size (bytes, KiB, MiB, GiB)",
        _ => Attribute.Unit ?? "number",
    };

    /// <summary>The default, for people.</summary>
    public string DefaultText => Attribute.DefaultText ?? (IsPrefix ? "none" : Format(Default));

    /// <summary>Writes a value the way a spec would.</summary>
    public static string Format(object? value) => value switch
    {
        null => "none",
        TimeSpan duration => QuantityText.Format(duration),
        bool flag => flag ? "true" : "false",
        Enum name => EnumText.Name(name),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
