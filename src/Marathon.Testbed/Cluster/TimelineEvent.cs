namespace Marathon.Testbed.Cluster;

internal enum TimelineEvent
{
    BrokerRegistered,
    BrokerFenced,
    BrokerKilled,
    BrokerPaused,
    BrokerResumed,
    BrokerStopped,
    DiskSlowed,
    LinkCut,
    LinkHealed,
    ControllerElected,
    LeaderElected,
    UncleanLeaderElected,
    LeaderLost,
    IsrChanged,
    Truncated,
    TopicCreated,
    TopicDeleted,
    CoordinatorLoaded,
}
