using System.Text.Json;
using Marathon.Controller.Bus;
using Marathon.Controller.Evidence;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Scenarios;
using Marathon.Workers;
using Marathon.Workers.Commands;
using Marathon.Workers.Load;

namespace Marathon.Controller.Load;

/// <summary>Makes the message that a command is for one life of a worker.</summary>
public sealed class WorkerCalls(ScenarioCatalog catalog, IEvidenceStore evidence)
{
    /// <summary>How long a worker waits for outstanding sends when it is told to stop.</summary>
    public static readonly TimeSpan Flush = TimeSpan.FromSeconds(15);

    /// <summary>How long one try of a command may take: below the grace period of an interrupted stage.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    /// <summary>The living workers that can be reached, each with its life.</summary>
    public static IReadOnlyList<(LifeRecord Life, RegisteredWorker Worker)> Reachable(RunRecord run, IReadOnlyList<RegisteredWorker> registered) =>
        [.. run.Living().Join(
            registered,
            life => (life.Worker, life.Epoch),
            worker => (worker.Worker, worker.Registration.Epoch),
            (life, worker) => (life, worker))];

    /// <summary>The message.</summary>
    public async Task<WorkerMessage> MessageAsync(
        RunRecord run, LifeRecord life, string commandId, WorkerCommand command, TimeSpan flush, CancellationToken cancellationToken)
    {
        WorkloadConfig config = catalog.Get(run.Spec.Scenario).Bind(run.Spec);
        JsonElement? body = command switch
        {
            WorkerCommand.Initialise => JsonSerializer.SerializeToElement(
                await WithPastAsync(run, life, LoadPlanner.For(run, config, life), cancellationToken), WorkerJson.Default.LoadSpec),
            WorkerCommand.Throughput => JsonSerializer.SerializeToElement(
                new ThroughputChange(LoadPlanner.Share(run, config)), WorkerJson.Default.ThroughputChange),
            WorkerCommand.Stop => JsonSerializer.SerializeToElement(new StopLoad(flush.TotalSeconds), WorkerJson.Default.StopLoad),
            _ => null,
        };
        return new WorkerMessage(commandId, command, body);
    }

    // A replacement's consumers go on where the evidence of its predecessor ends.
    private async Task<LoadSpec> WithPastAsync(RunRecord run, LifeRecord life, LoadSpec spec, CancellationToken cancellationToken)
    {
        spec = spec with { VacantSince = VacantSince(run, life) };
        for (int? epoch = life.Replaces; epoch is { } past; epoch = run.LifeOf(life.Worker, past)?.Replaces)
        {
            if (await evidence.FindAsync(run.RunId, life.Worker, past, cancellationToken) is { } checkpoint)
            {
                return spec with { ResumeFrom = JsonSerializer.Deserialize<JsonElement>(checkpoint.Content.Span) };
            }
        }

        return spec;
    }

    // Since the end of the last life that did what the rest of the fleet does; nobody counts before the load runs.
    private static DateTimeOffset? VacantSince(RunRecord run, LifeRecord life)
    {
        LifeRecord? before = life.Replaces is { } replaced ? run.LifeOf(life.Worker, replaced) : null;
        while (before is { Joined: false, Replaces: { } earlier })
        {
            before = run.LifeOf(life.Worker, earlier);
        }

        return run.Load.Phase == LoadPhase.Running ? before?.EndedAt : null;
    }
}
