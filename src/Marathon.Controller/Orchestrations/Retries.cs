using Marathon.Configuration;
using Marathon.Durable;

namespace Marathon.Controller.Orchestrations;

/// <summary>How often activities are tried. A retry's timer cannot be cancelled, so all of them together stay below the grace period.</summary>
internal static class Retries
{
    /// <summary>For what touches the cluster, the fleet, or files.</summary>
    public static TaskOptions Few { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(3, TimeSpan.FromSeconds(1), backoffCoefficient: 2) { HandleFailure = MayPass });

    /// <summary>For what must happen before a run may end.</summary>
    public static TaskOptions Many { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)) { HandleFailure = MayPass });

    private static bool MayPass(TaskFailureDetails failure) => !failure.IsCausedBy<SpecException>() && !failure.IsCausedBy<ArgumentException>();
}
