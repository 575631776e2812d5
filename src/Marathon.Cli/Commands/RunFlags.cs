using System.CommandLine;
using System.Text.Json;
using Marathon.Cli.Lies;
using Marathon.Cli.Running;
using Marathon.Cli.Specs;
using Marathon.Configuration;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Cli.Commands;

/// <summary>The flags of <c>run</c>, and what they add up to.</summary>
internal sealed class RunFlags
{
    public Argument<string?> What { get; } = new("what") { Description = "Name of a scenario, or a spec file (YAML or JSON; a list is several runs)", HelpName = "scenario | spec.yaml", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Cluster { get; } = new("--cluster") { Description = "System under test; the default is the embedded testbed", HelpName = "testbed|kafka|host:port,..." };

    public Option<string?> KafkaHome { get; } = SharedOptions.KafkaHome();

    public Option<int> Brokers { get; } = SharedOptions.Brokers();

    public Option<string?> Duration { get; } = new("--duration") { Description = "Length of the workload stage alone", HelpName = "30s" };

    public Option<string[]> Set { get; } = new("--set") { Description = "A key of the scenario's configuration; see: marathon scenario NAME", HelpName = "key=value", Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };

    public Option<int> Workers { get; } = SharedOptions.Ranged("--workers", "Number of workers", 2, 1, 1000);

    public Option<string?> Report { get; } = new("--report") { Description = "Also write report.json, report.html and junit.xml there", HelpName = "DIR" };

    public Option<bool> Json { get; } = new("--json") { Description = "Write the final report, and nothing else, to stdout" };

    public Option<long?> Seed { get; } = new("--seed") { Description = "Seed of everything random; drawn when absent", HelpName = "N" };

    public Option<string[]> Lies { get; } = SharedOptions.Lies();

    public Option<string?> Attach { get; } = new("--attach") { Description = "Go on watching a run, or continue it after a crash of its controller", HelpName = "RUN" };

    public Option<string?> Repro { get; } = new("--repro") { Description = "The same again, from the repro folder of a report", HelpName = "DIR" };

    public IEnumerable<Option> Options => [Cluster, KafkaHome, Brokers, Duration, Set, Workers, Report, Json, Seed, Lies, Attach, Repro];

    /// <summary>What is to be done.</summary>
    /// <exception cref="SpecException">It cannot be.</exception>
    public RunOrder Read(ParseResult parsed)
    {
        string?[] sources = [parsed.GetValue(What), parsed.GetValue(Attach), parsed.GetValue(Repro)];
        if (sources.Count(s => s is not null) != 1)
        {
            throw new SpecException("run", "takes one of a scenario, a spec file, --attach RUN or --repro DIR", "say which, for example: marathon run tail-read");
        }

        List<string> notes = [];
        IReadOnlyList<SpecEntry> entries = parsed.GetValue(Attach) is null ? [.. Sources(parsed).Select(e => Prepare(parsed, e, notes))] : [];
        return new RunOrder
        {
            Entries = entries,
            Attach = parsed.GetValue(Attach),
            Report = parsed.GetValue(Report) is { } folder ? ReportFolder.Open(folder) : null,
            Json = parsed.GetValue(Json),
            Notes = notes,
        };
    }

    private IReadOnlyList<SpecEntry> Sources(ParseResult parsed) =>
        parsed.GetValue(Repro) is { } folder ? ReproductionPack.Read(folder)
        : SpecFile.IsPath(parsed.GetValue(What)!) ? SpecFile.Read(parsed.GetValue(What)!)
        : [RunOrder.Entry(new RunSpec { Scenario = parsed.GetValue(What)! })];

    // Everything that can be told without a controller is told before one is started.
    private SpecEntry Prepare(ParseResult parsed, SpecEntry entry, List<string> notes)
    {
        try
        {
            RunSpec spec = Override(parsed, entry.Spec);
            if (spec.Config.FirstOrDefault(c => c.Value is { ValueKind: JsonValueKind.String } v && v.GetString() == SecretProperties.LeftOut).Key is { } secret)
            {
                throw new SpecException($"config.{secret}", "was left out when this spec was handed on", $"give it again: --set {secret}=…");
            }

            _ = ScenarioCatalog.BuiltIn.Get(spec.Scenario).Bind(spec);
            return entry with { Spec = LiesOfSpec.Prepare(spec, notes.Add) };
        }
        catch (SpecException e)
        {
            throw entry.Locate(e);
        }
    }

    private RunSpec Override(ParseResult parsed, RunSpec spec)
    {
        Dictionary<string, JsonElement> config = new(spec.Config);
        foreach (string pair in parsed.GetValue(Set) ?? [])
        {
            string[] sides = pair.Split('=', 2);
            config[sides[0]] = sides.Length == 2 && sides[0].Length > 0
                ? JsonSerializer.SerializeToElement(sides[1])
                : throw new SpecException("--set", $"'{pair}' is not key=value", "write --set partitions=12");
        }

        return spec with
        {
            Cluster = parsed.GetValue(Cluster) ?? spec.Cluster,
            KafkaHome = Absolute(parsed.GetValue(KafkaHome) ?? spec.KafkaHome),
            Brokers = Given(parsed, Brokers) ? parsed.GetValue(Brokers) : spec.Brokers,
            Workers = Given(parsed, Workers) ? parsed.GetValue(Workers) : spec.Workers,
            Seed = parsed.GetValue(Seed) ?? spec.Seed,
            Duration = parsed.GetValue(Duration) ?? spec.Duration,
            Config = config,
            Lies = [.. spec.Lies, .. parsed.GetValue(Lies) ?? []],
        };
    }

    // The controller may be another process, started in another folder.
    private static string? Absolute(string? folder) => folder is null ? null : Path.GetFullPath(folder);

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
