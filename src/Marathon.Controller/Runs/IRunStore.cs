namespace Marathon.Controller.Runs;

/// <summary>Keeps the runs' records.</summary>
public interface IRunStore
{
    /// <summary>Adds a run with the token of its workers; the same run again changes nothing.</summary>
    Task CreateAsync(RunRecord record, string token, CancellationToken cancellationToken);

    /// <summary>A run's record; null when there is no such run.</summary>
    Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken);

    /// <summary>All runs, oldest first. One whose record cannot be read is left out and logged.</summary>
    Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Changes a record; changes of one run happen one after the other. The function may run more than once.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    Task<RunRecord> UpdateAsync(string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken);

    /// <summary>The token of the run's workers; null when there is no such run.</summary>
    Task<string?> TokenAsync(string runId, CancellationToken cancellationToken);
}
