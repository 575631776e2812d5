using System.Text.Json;
using Marathon.Cli.Lies;
using Marathon.Runs;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A way to commit one kind of anomaly.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="By">broker or client.</param>
internal sealed record MatrixCase(string Kind, string By)
{
    public string Name => $"{Kind}-{By}";

    public string Scenario { get; init; } = "tail-read";

    /// <summary>Length of the load in seconds.</summary>
    public int Seconds { get; init; } = 8;

    /// <summary>Options of the lie, as behind its colon.</summary>
    public string? Options { get; init; }

    /// <summary>What clients of ours do wrong; null where the broker does.</summary>
    public Misbehaviour? Misbehaviour { get; init; }

    /// <summary>Nothing can be read again.</summary>
    public bool IsBlind { get; init; }

    /// <summary>Further configuration.</summary>
    public IReadOnlyList<(string Key, string Value)> Config { get; init; } = [];

    /// <summary>Each one that is committed is one that is found: neither more nor less.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Kinds that whoever commits this one commits too, without which it cannot be done.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The verdicts that it deserves.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = ["violation"];

    /// <summary>The run that commits it.</summary>
    public RunSpec Spec()
    {
        RunSpec spec = new()
        {
            Scenario = Scenario,
            Seed = 7,
            Duration = $"{Seconds}s",
            Lies = Misbehaviour is null ? [Options is null ? Kind : $"{Kind}:{Options}"] : [],
            Config = new Dictionary<string, JsonElement>
            {
                ["warmup"] = JsonSerializer.SerializeToElement("1s"),
                ["ratePerSecond"] = JsonSerializer.SerializeToElement(800),
            },
        };
        foreach ((string key, string value) in Config)
        {
            spec = spec with { Config = new Dictionary<string, JsonElement>(spec.Config) { [key] = JsonSerializer.SerializeToElement(value) } };
        }

        return LiesOfSpec.Prepare(spec, _ => { });
    }
}
