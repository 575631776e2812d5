namespace Marathon.Durable;

internal sealed class FuncOrchestrator<TInput, TOutput>(Func<OrchestrationContext, TInput, Task<TOutput>> function)
    : Orchestrator<TInput, TOutput>
{
    public override Task<TOutput> RunAsync(OrchestrationContext context, TInput input) => function(context, input);
}
