using Marathon.Durable;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Durable;

/// <summary>An orchestrator of ours as the SDK runs it.</summary>
internal sealed class OrchestratorAdapter(IOrchestrator orchestrator) : Sdk.ITaskOrchestrator
{
    public Type InputType => orchestrator.InputType;

    public Type OutputType => orchestrator.OutputType;

    public Task<object?> RunAsync(Sdk.TaskOrchestrationContext context, object? input) =>
        orchestrator.RunAsync(new OrchestrationContextAdapter(context), input).WithSdkExceptionAsync();
}
