namespace Marathon.Durable;

/// <summary>
/// Durable orchestration logic. It is replayed from its history, so it must be deterministic:
/// the clock, ids, waiting and I/O all go through the context.
/// </summary>
public abstract class Orchestrator<TInput, TOutput> : IOrchestrator
{
    Type IOrchestrator.InputType => typeof(TInput);

    Type IOrchestrator.OutputType => typeof(TOutput);

    public abstract Task<TOutput> RunAsync(OrchestrationContext context, TInput input);

    async Task<object?> IOrchestrator.RunAsync(OrchestrationContext context, object? input) =>
        await RunAsync(context, TaskInput.As<TInput>(input));
}
