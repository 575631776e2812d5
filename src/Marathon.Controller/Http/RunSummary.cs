using System.Text.Json;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Faults;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers;

namespace Marathon.Controller.Http;

/// <summary>A run as the API tells of it.</summary>
public sealed record RunSummary
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>pending, preparing, warming, loading, draining, paused, interrupting, cleaning or finished.</summary>
    public required string State { get; init; }

    /// <summary>prepare, warmup, workload or cleanup; null between stages.</summary>
    public string? Stage { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The attempt is being cleaned up, and another one follows.</summary>
    public bool AnotherAttempt { get; init; }

    /// <summary>Why it is being interrupted, or ended as it did.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The verdict; null while there is none.</summary>
    public string? Verdict { get; init; }

    /// <summary>finished, interrupted or failed; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>Counters of all workers, summed.</summary>
    public LoadCounters? Counters { get; init; }

    /// <summary>The workers that live, by their last heartbeat.</summary>
    public IReadOnlyList<WorkerSummary>? Workers { get; init; }

    /// <summary>Faults so far.</summary>
    public IReadOnlyList<FaultRecord>? Faults { get; init; }

    /// <summary>Assertions so far.</summary>
    public IReadOnlyList<AssertionResult>? Assertions { get; init; }

    /// <summary>Joins what the record and the orchestration say.</summary>
    public static RunSummary Of(RunRecord run, OrchestrationMetadata? instance)
    {
        RunStatus? status = instance?.SerializedCustomStatus is { } json ? JsonSerializer.Deserialize<RunStatus>(json) : null;
        bool broken = run.End is null && instance is { IsCompleted: true };
        return new RunSummary
        {
            Id = run.RunId,
            Scenario = run.Spec.Scenario,
            State = run.End is not null || broken ? "finished" : status?.State ?? "pending",
            Stage = run.End is null ? status?.Stage : null,
            Attempt = status?.Attempt ?? run.Attempt,
            AnotherAttempt = run.End is null && !broken && status is { Again: true },
            Reason = run.End?.Reason ?? (broken ? $"the run's orchestration ended without a report: {instance!.FailureDetails?.ErrorMessage ?? instance.RuntimeStatus.ToString()}" : status?.Reason),
            StartedAt = run.CreatedAt,
            EndedAt = run.End?.At ?? (broken ? instance!.LastUpdatedAt : null),
            Verdict = run.End?.Verdict ?? (broken ? "harness-fault" : null),
            Outcome = run.End?.Outcome ?? (broken ? "failed" : null),
        };
    }
}
