namespace Marathon.Durable;

/// <summary>An orchestrator without its types; derive from <see cref="Orchestrator{TInput, TOutput}"/> instead.</summary>
public interface IOrchestrator
{
    Type InputType { get; }

    Type OutputType { get; }

    Task<object?> RunAsync(OrchestrationContext context, object? input);
}
