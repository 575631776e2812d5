namespace Marathon.Durable;

public sealed partial class DurableTaskRegistry
{
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(
        TaskName name, Func<OrchestrationContext, TInput, Task<TOutput>> orchestrator) =>
        AddOrchestrator(name, _ => new FuncOrchestrator<TInput, TOutput>(orchestrator));

    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(
        TaskName name, Func<OrchestrationContext, TInput, TOutput> orchestrator) =>
        AddOrchestratorFunc<TInput, TOutput>(name, (context, input) => Task.FromResult(orchestrator(context, input)));

    public DurableTaskRegistry AddOrchestratorFunc<TInput>(TaskName name, Func<OrchestrationContext, TInput, Task> orchestrator) =>
        AddOrchestratorFunc<TInput, object?>(name, async (context, input) =>
        {
            await orchestrator(context, input);
            return null;
        });

    public DurableTaskRegistry AddOrchestratorFunc<TOutput>(TaskName name, Func<OrchestrationContext, Task<TOutput>> orchestrator) =>
        AddOrchestratorFunc<object?, TOutput>(name, (context, _) => orchestrator(context));

    public DurableTaskRegistry AddOrchestratorFunc(TaskName name, Func<OrchestrationContext, Task> orchestrator) =>
        AddOrchestratorFunc<object?>(name, (OrchestrationContext context, object? _) => orchestrator(context));

    public DurableTaskRegistry AddOrchestratorFunc<TOutput>(TaskName name, Func<OrchestrationContext, TOutput> orchestrator) =>
        AddOrchestratorFunc<object?, TOutput>(name, (context, _) => Task.FromResult(orchestrator(context)));

    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(
        TaskName name, Func<ActivityContext, TInput, Task<TOutput>> activity) =>
        AddActivity(name, _ => new FuncActivity<TInput, TOutput>(activity));

    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(TaskName name, Func<ActivityContext, TInput, TOutput> activity) =>
        AddActivityFunc<TInput, TOutput>(name, (context, input) => Task.FromResult(activity(context, input)));

    public DurableTaskRegistry AddActivityFunc<TInput>(TaskName name, Func<ActivityContext, TInput, Task> activity) =>
        AddActivityFunc<TInput, object?>(name, async (context, input) =>
        {
            await activity(context, input);
            return null;
        });

    public DurableTaskRegistry AddActivityFunc<TOutput>(TaskName name, Func<ActivityContext, Task<TOutput>> activity) =>
        AddActivityFunc<object?, TOutput>(name, (context, _) => activity(context));

    public DurableTaskRegistry AddActivityFunc(TaskName name, Func<ActivityContext, Task> activity) =>
        AddActivityFunc<object?>(name, (ActivityContext context, object? _) => activity(context));

    public DurableTaskRegistry AddActivityFunc<TOutput>(TaskName name, Func<ActivityContext, TOutput> activity) =>
        AddActivityFunc<object?, TOutput>(name, (context, _) => Task.FromResult(activity(context)));

    public DurableTaskRegistry AddActivityFunc(TaskName name, Action<ActivityContext> activity) =>
        AddActivityFunc<object?, object?>(name, (context, _) =>
        {
            activity(context);
            return Task.FromResult<object?>(null);
        });

    public DurableTaskRegistry AddActivityFunc<TInput>(TaskName name, Action<ActivityContext, TInput> activity) =>
        AddActivityFunc<TInput, object?>(name, (context, input) =>
        {
            activity(context, input);
            return Task.FromResult<object?>(null);
        });
}
