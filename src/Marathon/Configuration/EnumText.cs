using System.Text.Json;

namespace Marathon.Configuration;

/// <summary>Enums as kebab-case names: <c>AtLeastOnce</c> is <c>at-least-once</c>.</summary>
public static class EnumText
{
    /// <summary>The kebab-case name of a value.</summary>
    public static string Name(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The kebab-case names of a type.</summary>
    public static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    /// <summary>The value of that name; case does not matter.</summary>
    public static bool TryParse(Type type, string name, out object? value)
    {
        value = Enum.GetValues(type).Cast<Enum>().FirstOrDefault(v => Name(v).Equals(name, StringComparison.OrdinalIgnoreCase));
        return value is not null;
    }
}
