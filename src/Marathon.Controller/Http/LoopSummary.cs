using System.Text.Json;
using Marathon.Controller.Loop;
using Marathon.Durable;
using Marathon.Runs;

namespace Marathon.Controller.Http;

/// <summary>The loop as the API tells of it.</summary>
/// <param name="State">stopped, running, paused or stopping.</param>
/// <param name="Reason">Why it stopped, or what keeps it from going on.</param>
/// <param name="RunId">The run under way; null between runs.</param>
/// <param name="Entry">Its place in the list, from 1, or that of the next run.</param>
/// <param name="NextAt">When the next run begins; null while one is under way.</param>
/// <param name="Specs">The list.</param>
/// <param name="History">What came of the last runs, oldest first.</param>
public sealed record LoopSummary(
    string State, string? Reason, string? RunId, int? Entry, DateTimeOffset? NextAt, IReadOnlyList<RunSpec> Specs, IReadOnlyList<LoopVerdict> History)
{
    /// <summary>Joins what the store and the orchestration say.</summary>
    public static LoopSummary Of(LoopRecord record, OrchestrationMetadata? instance)
    {
        if (instance is { IsCompleted: false })
        {
            LoopStatus? status = StatusOf(instance);
            return new(status?.State ?? "running", status?.Reason, status?.RunId, status?.Entry, status?.NextAt, record.Plan.Specs, record.History);
        }

        string? reason = instance?.RuntimeStatus is OrchestrationRuntimeStatus.Completed
            ? instance.ReadOutputAs<LoopEnd>()?.Reason
            : instance?.FailureDetails?.ErrorMessage ?? instance?.RuntimeStatus.ToString();
        return new("stopped", reason, null, null, null, record.Plan.Specs, record.History);
    }

    /// <summary>What the orchestration says of itself; null before it has said anything.</summary>
    internal static LoopStatus? StatusOf(OrchestrationMetadata instance) =>
        instance.SerializedCustomStatus is { } json ? JsonSerializer.Deserialize<LoopStatus>(json) : null;
}
