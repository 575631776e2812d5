using Marathon.Controller.Runs;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>The record of one run.</summary>
public sealed class MemoryRuns(RunRecord run) : IRunStore
{
    public RunRecord Run { get; private set; } = run;

    public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(runId == Run.RunId ? Run : null);

    public Task<RunRecord> UpdateAsync(string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken) => Task.FromResult(Run = change(Run));

    public Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RunRecord>>([Run]);

    public Task CreateAsync(RunRecord record, string token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> TokenAsync(string runId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
