using System.Text.Json;
using Marathon.Configuration;
using Marathon.Runs;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Scenarios;

/// <summary>A scenario as the catalogue lists it.</summary>
public abstract class ScenarioDefinition(string name, string summary, string passesWhen, Type configType)
{
    /// <summary>Kebab-case name.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in one sentence.</summary>
    public string Summary { get; } = summary;

    /// <summary>Its pass criterion, in one sentence.</summary>
    public string PassesWhen { get; } = passesWhen;

    /// <summary>The keys of its configuration.</summary>
    public ConfigSchema Schema { get; } = ConfigSchema.Of(configType);

    /// <summary>Binds and checks the configuration of a spec: <c>config</c>, <c>duration</c> and <c>slo</c> together.</summary>
    /// <exception cref="SpecException">Names everything that is wrong.</exception>
    public WorkloadConfig Bind(RunSpec spec)
    {
        Dictionary<string, JsonElement> values = new(spec.Config);
        foreach ((string key, JsonElement value) in spec.Slo)
        {
            values["slo." + key] = value;
        }

        if (spec.Duration is { } duration)
        {
            values["duration"] = JsonSerializer.SerializeToElement(duration);
        }

        WorkloadConfig config = BindValues(values, spec);
        SpecError[] contradictions = [.. config.Contradictions()];
        return contradictions.Length == 0 ? config : throw new SpecException(contradictions);
    }

    private WorkloadConfig BindValues(Dictionary<string, JsonElement> values, RunSpec spec)
    {
        try
        {
            return (WorkloadConfig)Schema.Bind(values, "config.");
        }
        catch (SpecException wrong)
        {
            throw new SpecException([.. wrong.Errors.Select(e => e with { Field = AsWritten(e.Field, spec) })]);
        }
    }

    // Duration and objectives may stand beside the configuration: an error names them where they were written.
    private static string AsWritten(string field, RunSpec spec)
    {
        string key = field["config.".Length..];
        return key == "duration" && spec.Duration is not null || key.StartsWith("slo.", StringComparison.Ordinal) && spec.Slo.ContainsKey(key["slo.".Length..])
            ? key
            : field;
    }

    /// <summary>Runs one stage with a toolkit.</summary>
    public abstract Task RunStageAsync(StageName stage, IToolkit toolkit, WorkloadConfig config);
}
