using Marathon.Controller.Activities;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>The run's topics.</summary>
internal sealed class DurableTopics(StageCalls calls) : ITopics
{
    /// <inheritdoc/>
    public Task CreateAsync() => calls.CallAsync<object?>(nameof(CreateTopic), new RunRequest(calls.Input.RunId));

    /// <inheritdoc/>
    public Task DeleteAsync() => calls.CallAsync<object?>(nameof(DeleteTopics), new RunRequest(calls.Input.RunId));
}
