using System.Globalization;
using System.Text.Json;
using Marathon.Configuration;
using Marathon.Runs;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Marathon.Cli.Specs;

/// <summary>One run of a spec file. Every error names the file and the line.</summary>
internal sealed class SpecNode(string path, YamlNode node)
{
    private static readonly string[] s_keys = ["scenario", "cluster", "kafkaHome", "brokers", "workers", "seed", "duration", "config", "lies", "slo", "maxAttempts", "quorum", "maxReplacements", "limits", "loop"];

    /// <summary>Reads it.</summary>
    /// <exception cref="SpecException">Names everything that is wrong with it.</exception>
    public SpecEntry ToEntry()
    {
        if (node is not YamlMappingNode mapping)
        {
            throw new SpecException(At(node), "a run is expected here", "write keys and values: scenario: tail-read");
        }

        List<SpecError> errors = [];
        Dictionary<string, YamlNode> values = [];
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && s_keys.Contains(name))
            {
                values[name] = value;
            }
            else
            {
                errors.Add(new SpecError($"{At(key)} {key}", "there is no such key", Suggestion.For(key.ToString(), s_keys)));
            }
        }

        RunSpec spec = new() { Scenario = Text(values, "scenario", errors) ?? "" };
        if (spec.Scenario.Length == 0 && errors.Count == 0)
        {
            errors.Add(new SpecError($"{At(node)} scenario", "is missing", "name one, see: marathon scenarios"));
        }

        spec = spec with
        {
            Cluster = Text(values, "cluster", errors) ?? spec.Cluster,
            KafkaHome = Text(values, "kafkaHome", errors),
            Brokers = (int?)Whole(values, "brokers", errors, 1, 100) ?? spec.Brokers,
            Workers = (int?)Whole(values, "workers", errors, 1, 100_000) ?? spec.Workers,
            Seed = Whole(values, "seed", errors, long.MinValue, long.MaxValue),
            Duration = Text(values, "duration", errors),
            Config = Map(values, "config", errors),
            Slo = Map(values, "slo", errors),
            MaxAttempts = (int?)Whole(values, "maxAttempts", errors, 1, 10),
            MaxReplacements = (int?)Whole(values, "maxReplacements", errors, 0, 1000),
            Quorum = (int?)Whole(values, "quorum", errors, 1, 100_000),
            Limits = Map(values, "limits", errors),
            Loop = Map(values, "loop", errors),
            Lies = List(values, "lies", errors),
        };
        return errors.Count == 0 ? new SpecEntry(spec, path, Lines(values)) : throw new SpecException(errors);
    }

    private static Dictionary<string, long> Lines(Dictionary<string, YamlNode> values)
    {
        Dictionary<string, long> lines = [];
        foreach ((string key, YamlNode value) in values)
        {
            lines[key] = value.Start.Line;
            foreach ((YamlNode name, YamlNode item) in (value as YamlMappingNode)?.Children.ToArray() ?? [])
            {
                lines[$"{key}.{name}"] = item.Start.Line;
            }
        }

        return lines;
    }

    private string At(YamlNode at) => $"{path}:{at.Start.Line}";

    private string? Text(Dictionary<string, YamlNode> values, string key, List<SpecError> errors)
    {
        // A spec that a program has written names every key.
        if (!values.TryGetValue(key, out YamlNode? value) || value is YamlScalarNode { Style: ScalarStyle.Plain, Value: "~" or "null" })
        {
            return null;
        }

        if (value is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        errors.Add(new SpecError($"{At(value)} {key}", "is no text", $"write {key}: VALUE"));
        return null;
    }

    private long? Whole(Dictionary<string, YamlNode> values, string key, List<SpecError> errors, long minimum, long maximum)
    {
        int before = errors.Count;
        if (Text(values, key, errors) is not { } text || errors.Count > before)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        errors.Add(new SpecError($"{At(values[key])} {key}", $"'{text}' is no whole number from {minimum} to {maximum}", $"write {key}: {Math.Max(1, minimum)}"));
        return null;
    }

    private Dictionary<string, JsonElement> Map(Dictionary<string, YamlNode> values, string key, List<SpecError> errors)
    {
        Dictionary<string, JsonElement> map = [];
        if (!values.TryGetValue(key, out YamlNode? value) || value is YamlScalarNode { Value: "" or "~" or "null" })
        {
            return map;
        }

        foreach ((YamlNode name, YamlNode item) in (value as YamlMappingNode)?.Children.ToArray() ?? [])
        {
            if (item is YamlScalarNode scalar)
            {
                map[name.ToString()] = Scalar(scalar);
            }
            else
            {
                errors.Add(new SpecError($"{At(item)} {key}.{name}", "is no single value", $"write {name}: VALUE"));
            }
        }

        if (value is not YamlMappingNode)
        {
            errors.Add(new SpecError($"{At(value)} {key}", "holds no keys", $"write {key}: {{KEY: VALUE}}"));
        }

        return map;
    }

    private List<string> List(Dictionary<string, YamlNode> values, string key, List<SpecError> errors)
    {
        if (!values.TryGetValue(key, out YamlNode? value))
        {
            return [];
        }

        if (value is YamlSequenceNode list && list.Children.All(c => c is YamlScalarNode { Value.Length: > 0 }))
        {
            return [.. list.Children.Select(c => ((YamlScalarNode)c).Value!)];
        }

        errors.Add(new SpecError($"{At(value)} {key}", "is no list of texts", $"write {key}: [duplicate, \"corrupt:rate=0.001\"]"));
        return [];
    }

    // YAML's core schema for plain scalars; what is quoted is text.
    private static JsonElement Scalar(YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        return scalar.Style != ScalarStyle.Plain ? JsonSerializer.SerializeToElement(text)
            : bool.TryParse(text, out bool flag) ? JsonSerializer.SerializeToElement(flag)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? JsonSerializer.SerializeToElement(whole)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? JsonSerializer.SerializeToElement(number)
            : JsonSerializer.SerializeToElement(text);
    }
}
