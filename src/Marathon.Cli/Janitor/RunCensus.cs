using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Durable;

namespace Marathon.Cli.Janitor;

/// <summary>Which runs of the data folder live. In doubt a run lives: a record that cannot be read condemns nobody.</summary>
internal sealed class RunCensus(DataFolder data, IRunStore runs, DurableClient client)
{
    /// <summary>The runs whose records can be read.</summary>
    public Task<IReadOnlyList<RunRecord>> KnownAsync(CancellationToken cancellationToken) => runs.ListAsync(cancellationToken);

    /// <summary>Why nothing of a run is needed any more; null while something may be.</summary>
    public async Task<string?> WhyOverAsync(string runId, CancellationToken cancellationToken)
    {
        if (File.Exists(data.Record(runId)))
        {
            return (await KnownAsync(cancellationToken)).FirstOrDefault(r => r.RunId == runId)?.End is { } end ? $"its run has ended ({end.Outcome})" : null;
        }

        bool lives = await client.GetInstanceAsync(runId, cancellationToken) is { RuntimeStatus: var status } && !IsOver(status);
        return lives ? null : "the data folder knows no such run";
    }

    private static bool IsOver(OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
