using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Ends an orchestration that did not end when told to, with everything that it started.</summary>
public sealed class TerminateOrchestration(DurableClient client) : Activity<TerminateRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, TerminateRequest input)
    {
        await client.TerminateInstanceAsync(input.InstanceId, new TerminateInstanceOptions(input.Reason, Recursive: true), CancellationToken.None);
        return null;
    }
}
