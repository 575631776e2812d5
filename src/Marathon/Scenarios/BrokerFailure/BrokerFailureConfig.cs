using Marathon.Configuration;

namespace Marathon.Scenarios.BrokerFailure;

/// <summary>Keys of broker-failure beside those of every load.</summary>
public sealed record BrokerFailureConfig : WorkloadConfig
{
    /// <summary>Load before the fault.</summary>
    [ConfigKey("faultAfter", "Load in the workload stage before the fault", Minimum = 0, Maximum = 86_400)]
    public TimeSpan FaultAfter { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the broker stays away.</summary>
    [ConfigKey("faultFor", "How long the broker stays away", Minimum = 0, Maximum = 86_400)]
    public TimeSpan FaultFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Before the leader is killed its followers are paused until it is alone in sync, and then they alone come back:
    /// with unclean elections allowed, what only the old leader had is lost.
    /// </summary>
    [ConfigKey("isolateLeader", "Pause the followers until the leader is alone in sync, kill it, and let only the followers come back: needs replication=2 and topic.unclean.leader.election.enable=true to go on")]
    public bool IsolateLeader { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<SpecError> Contradictions()
    {
        foreach (SpecError error in base.Contradictions())
        {
            yield return error;
        }

        if (FaultAfter + FaultFor > Duration)
        {
            yield return new SpecError("config.faultFor", "faultAfter and faultFor together are longer than duration", "raise duration, or shorten them");
        }

        // With two of three brokers paused the cluster's own quorum would be gone, and nothing could be elected.
        if (IsolateLeader && Replication != 2)
        {
            yield return new SpecError("config.replication", "isolateLeader needs one follower, and a third broker that keeps the controller quorum", "set replication=2");
        }
    }

    /// <summary>How long the partitions of the broker may be without a leader.</summary>
    [ConfigKey("recoverWithin", "How long the killed broker's partitions may be without a leader", Minimum = 0.001, Maximum = 86_400)]
    public TimeSpan RecoverWithin { get; set; } = TimeSpan.FromMinutes(1);
}
