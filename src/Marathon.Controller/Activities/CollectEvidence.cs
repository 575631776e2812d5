using Marathon.Controller.Evidence;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Takes the checkpoints that dead workers could not deliver.</summary>
public sealed class CollectEvidence(EvidenceOutbox outbox) : Activity<RunRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, RunRequest input)
    {
        await outbox.CollectAsync(input.RunId, CancellationToken.None);
        return null;
    }
}
