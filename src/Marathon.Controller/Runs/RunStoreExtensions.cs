namespace Marathon.Controller.Runs;

/// <summary>Reading a record that must be there.</summary>
public static class RunStoreExtensions
{
    /// <summary>A run's record.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public static async Task<RunRecord> GetAsync(this IRunStore runs, string runId, CancellationToken cancellationToken) =>
        await runs.FindAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);

    /// <summary>The token of a run's workers.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public static async Task<string> GetTokenAsync(this IRunStore runs, string runId, CancellationToken cancellationToken) =>
        await runs.TokenAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
}
