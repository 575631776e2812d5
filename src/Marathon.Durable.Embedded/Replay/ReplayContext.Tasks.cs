namespace Marathon.Durable.Embedded.Replay;

internal sealed partial class ReplayContext
{
    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureOnThread();
        RefuseOptionsAsInput(input, options);
        return await CallAsync<TResult>(name, options?.Retry, () =>
        {
            string? serialized = Serialize(input, $"The input of activity '{name}'");
            return Open(id => new CallActivity(id, name, serialized));
        });
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureOnThread();
        RefuseOptionsAsInput(input, options);
        string instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        InstanceIds.Check(instanceId);
        return await CallAsync<TResult>(orchestratorName, options?.Retry, () =>
        {
            string? serialized = Serialize(input, $"The input of sub-orchestration '{orchestratorName}'");
            return Open(id => new CallSubOrchestrator(id, orchestratorName, instanceId, serialized));
        });
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOnThread();
        DateTime due = fireAt.ToUniversalTime();
        while (due - _now > settings.MaximumTimerInterval && !cancellationToken.IsCancellationRequested)
            await OpenTimer(_now + settings.MaximumTimerInterval, cancellationToken);
        await OpenTimer(due, cancellationToken);
    }

    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException("TaskOptions were given as the input; pass them as the options argument.", nameof(input));
    }

    private Task<string?> OpenTimer(DateTime fireAt, CancellationToken cancellation)
    {
        (int id, OpenTask task) = Open(id => new CreateTimer(id, fireAt));
        cancellation.Register(() =>
        {
            if (!task.Cancel())
                return;
            _openTasks.Remove(id);
            _cancelledTimers.Add(id);
        });
        return task.Result;
    }

    private (int Id, OpenTask Task) Open(Func<int, OrchestratorAction> action)
    {
        OpenTask task = new();
        int id = Add(action);
        _openTasks.Add(id, task);
        return (id, task);
    }

    private async Task<TResult> CallAsync<TResult>(TaskName name, TaskRetryOptions? retry, Func<(int Id, OpenTask Task)> call)
    {
        Task<TResult> attempt = retry switch
        {
            { Policy: { } policy } => RetryLoop.RunAsync(this, policy, AttemptAsync),
            { Handler: { } handler } => RetryLoop.RunAsync(this, handler, AttemptAsync),
            _ => AttemptAsync(),
        };
        return await attempt;

        async Task<TResult> AttemptAsync()
        {
            (int id, OpenTask task) = call();
            string? result;
            try
            {
                result = await task.Result;
            }
            catch (OpenTaskFailure failure)
            {
                throw new TaskFailedException(name, id, failure.Failure);
            }

            return Converter.Deserialize<TResult>(result)!;
        }
    }
}
