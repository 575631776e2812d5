using System.Reflection;
using System.Text.Json;

namespace Marathon.Configuration;

/// <summary>The keys of a configuration type, and how values come to it. Every property with a <see cref="ConfigKeyAttribute"/> takes part.</summary>
public sealed class ConfigSchema
{
    private readonly Type type;

    private ConfigSchema(Type type)
    {
        this.type = type;
        object defaults = Activator.CreateInstance(type)!;
        Fields = [.. type.GetProperties()
            .Select(p => (Property: p, Attribute: p.GetCustomAttribute<ConfigKeyAttribute>()))
            .Where(p => p.Attribute is not null)
            .Select(p => new ConfigField(p.Property, p.Attribute!, p.Property.GetValue(defaults)))];
    }

    /// <summary>The keys, in the order of the type's declarations.</summary>
    public IReadOnlyList<ConfigField> Fields { get; }

    /// <summary>The schema of a configuration type, which must have a parameterless constructor.</summary>
    public static ConfigSchema Of(Type type) => new(type);

    /// <summary>Makes a configuration of the values; what is not among them has its default.</summary>
    /// <param name="values">Values by key: JSON numbers, or text with a unit.</param>
    /// <param name="prefix">What the user wrote before the key, for error messages: <c>config.</c>.</param>
    /// <exception cref="SpecException">Names every key that is unknown or has a value that it cannot take.</exception>
    public object Bind(IReadOnlyDictionary<string, JsonElement> values, string prefix = "")
    {
        object config = Activator.CreateInstance(type)!;
        List<SpecError> errors = [];
        foreach ((string key, JsonElement json) in values)
        {
            if (Fields.FirstOrDefault(f => f.Key == key) is { IsPrefix: false } field)
            {
                if (ConfigValue.TryRead(field, json, out object? value, out string problem))
                {
                    field.Property.SetValue(config, value);
                }
                else
                {
                    errors.Add(new SpecError(prefix + key, problem, $"give {field.Takes}; the default is {field.DefaultText}"));
                }
            }
            else if (Fields.FirstOrDefault(f => f.IsPrefix && f.Key != key && key.Length > f.Key.Length - 1 && key.StartsWith(f.Key[..^1], StringComparison.Ordinal)) is { } group)
            {
                var properties = (IDictionary<string, string>)group.Property.GetValue(config)!;
                if (ConfigValue.TryText(json, out string text, out string problem))
                {
                    properties[key[(group.Key.Length - 1)..]] = text;
                }
                else
                {
                    errors.Add(new SpecError(prefix + key, problem, $"give {group.Takes}, as one value"));
                }
            }
            else
            {
                errors.Add(new SpecError(prefix + key, "there is no such key", Suggestion.For(key, Fields.Select(f => f.Key))));
            }
        }

        return errors.Count == 0 ? config : throw new SpecException(errors);
    }

    /// <summary>All keys with the values that a configuration has, as a spec would write them; prefix keys one by one.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Describe(object config)
    {
        foreach (ConfigField field in Fields)
        {
            object? value = field.Property.GetValue(config);
            if (!field.IsPrefix)
            {
                yield return new(field.Key, value is null or int or long or double or bool ? value : ConfigField.Format(value));
                continue;
            }

            foreach ((string name, string text) in (IDictionary<string, string>)value!)
            {
                yield return new(field.Key[..^1] + name, text);
            }
        }
    }
}
