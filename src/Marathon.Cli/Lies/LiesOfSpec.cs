using System.Text.Json;
using Marathon.Cli.Clusters;
using Marathon.Configuration;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Cli.Lies;

/// <summary>Switches on what the lies of a spec need.</summary>
public static class LiesOfSpec
{
    /// <summary>The spec with the workload that its lies need.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="tell">Told, in a sentence each, what was switched on.</param>
    /// <exception cref="SpecException">A lie is unknown, contradicts what was set, or the cluster does not lie.</exception>
    public static RunSpec Prepare(RunSpec spec, Action<string> tell)
    {
        if (spec.Lies.Count == 0)
        {
            return spec;
        }

        if (spec.Cluster != TestbedClusterProvider.Name)
        {
            throw new SpecException("lies", $"cluster '{spec.Cluster}' cannot be told to lie", "use --cluster testbed, or leave --lie out");
        }

        foreach (string text in spec.Lies)
        {
            foreach ((string key, string[] values) in Parse(text).Needs)
            {
                spec = Need(spec, text, key, values, tell);
            }
        }

        return spec;
    }

    /// <summary>The lie of that text.</summary>
    /// <exception cref="SpecException">It is malformed or unknown.</exception>
    public static LieWorkload Parse(string text)
    {
        try
        {
            LieSpec lie = LieSpec.Parse(text);
            _ = LieOptions.Of(lie);
            return LieCatalog.Find(lie.Kind)
                ?? throw new SpecException("lies", $"there is no lie '{lie.Kind}'", Suggestion.For(lie.Kind, LieCatalog.All.Select(l => l.Kind)));
        }
        catch (FormatException e)
        {
            throw new SpecException("lies", e.Message, "write KIND or KIND:key=value,key=value");
        }
    }

    private static RunSpec Need(RunSpec spec, string lie, string key, string[] values, Action<string> tell)
    {
        ScenarioDefinition scenario = ScenarioCatalog.BuiltIn.Get(spec.Scenario);
        WorkloadConfig config = scenario.Bind(spec);
        string? now = key == "guarantee"
            ? EnumText.Name(config.EffectiveGuarantee)
            : scenario.Schema.Describe(config).Where(v => v.Key == key).Select(v => ConfigField.Format(v.Value)).FirstOrDefault();
        if (spec.Config.ContainsKey(key))
        {
            // A count: any but none will do for keys and pipelines, any but one for clients. A share: any but none where some is needed.
            // An interval: any.
            bool fits = key switch
            {
                "keys" or "pipelines" => now != "0",
                "consumers" or "producers" => now is not ("0" or "1"),
                "transaction.abortShare" => (now == "0") == (values[0] == "0"),
                "transaction.takeOverEvery" or "transaction.interval" => true,
                _ => values.Contains(now),
            };
            return fits
                ? spec
                : throw new SpecException($"config.{key}", $"'{now}' contradicts the lie {lie}", $"set {key} to {string.Join(" or ", values)}, or leave it out");
        }

        if (values.Contains(now))
        {
            return spec;
        }

        tell($"lie {lie}: {key}={values[0]} is switched on");
        return spec with { Config = new Dictionary<string, JsonElement>(spec.Config) { [key] = JsonSerializer.SerializeToElement(values[0]) } };
    }
}
