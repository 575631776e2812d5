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
            return await EndAsync(runId, cancellationToken) is { } end ? $"its run has ended ({end.Outcome})" : null;
        }

        return await client.GetInstanceAsync(runId, cancellationToken) is { IsCompleted: false } ? null : "the data folder knows no such run";
    }

    private async Task<RunEnd?> EndAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return (await runs.FindAsync(runId, cancellationToken))?.End;
        }
        catch (StorageException)
        {
            // The list of runs, which is asked for at every turn, says so in the log.
            return null;
        }
    }
}
