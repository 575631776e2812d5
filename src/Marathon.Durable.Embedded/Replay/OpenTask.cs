namespace Marathon.Durable.Embedded.Replay;

/// <summary>An action whose result is awaited; as long as one is open the orchestration cannot complete.</summary>
internal sealed class OpenTask
{
    // Continuations run inline, on the thread of the episode: no RunContinuationsAsynchronously here.
    private readonly TaskCompletionSource<string?> _result = new();

    public Task<string?> Result => _result.Task;

    public void Complete(string? result) => _result.TrySetResult(result);

    public void Fail(TaskFailureDetails? failure) => _result.TrySetException(new OpenTaskFailure(failure));

    public bool Cancel() => _result.TrySetCanceled();
}

/// <summary>Carries a failure from the history to the call that awaits it, which gives it a name and an id.</summary>
internal sealed class OpenTaskFailure(TaskFailureDetails? failure) : Exception(failure?.ErrorMessage)
{
    public TaskFailureDetails? Failure { get; } = failure;

    public bool IsNonRetriable => Failure?.ErrorType is FailureTypes.ActivityNotFound or FailureTypes.OrchestratorNotFound;
}
