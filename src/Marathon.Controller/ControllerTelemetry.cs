using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Marathon.Controller;

/// <summary>What the controller reports; the names of its activity source and its meter are both <see cref="Name"/>.</summary>
public static class ControllerTelemetry
{
    /// <summary>Name of its activity source and meter.</summary>
    public const string Name = "Marathon.Controller";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> RunsStarted = Meter.CreateCounter<long>("marathon.runs.started", "{run}");
    private static readonly Counter<long> RunsEnded = Meter.CreateCounter<long>("marathon.runs.ended", "{run}");
    private static readonly Counter<long> WorkersEnded = Meter.CreateCounter<long>("marathon.workers.ended", "{worker}");
    private static readonly Counter<long> Checkpoints = Meter.CreateCounter<long>("marathon.evidence.checkpoints", "{checkpoint}");
    private static readonly Histogram<double> Commands = Meter.CreateHistogram<double>("marathon.worker.command.duration", "s");

    /// <summary>Its activities.</summary>
    internal static ActivitySource Source { get; } = new(Name);

    internal static void RunStarted(string scenario) => RunsStarted.Add(1, Tag("marathon.scenario", scenario));

    internal static void RunEnded(string verdict) => RunsEnded.Add(1, Tag("marathon.verdict", verdict));

    internal static void WorkerEnded(string end) => WorkersEnded.Add(1, Tag("marathon.worker.end", end));

    internal static void CheckpointStored(bool replaced) => Checkpoints.Add(1, Tag("marathon.worker.replaced", replaced));

    internal static void CommandSent(string command, bool acknowledged, TimeSpan took) =>
        Commands.Record(took.TotalSeconds, Tag("marathon.command", command), Tag("marathon.acknowledged", acknowledged));

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
