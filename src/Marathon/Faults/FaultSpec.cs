namespace Marathon.Faults;

/// <summary>A fault to inject.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Role">Whom to do it to.</param>
/// <param name="Topic">The topic of the partition whose leader or follower is meant; null is the run's own.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Network">How bad the network of a worker's machine becomes; null is the default.</param>
public sealed record FaultSpec(FaultAction Action, FaultRole Role, string? Topic = null, int Partition = 0, NetworkFault? Network = null)
{
    private static readonly FaultAction[] s_ofBrokers = [FaultAction.Kill, FaultAction.Pause, FaultAction.Restart];

    private static readonly FaultAction[] s_ofMachines =
        [FaultAction.Restart, FaultAction.PowerOff, FaultAction.Redeploy, FaultAction.Evict, FaultAction.Partition, FaultAction.Degrade, FaultAction.Block];

    /// <summary>It is over by itself, sooner or later: there is nothing to heal.</summary>
    public bool HealsItself => Heals(Action);

    /// <summary>What can be done to one in that role.</summary>
    public static IReadOnlyList<FaultAction> ActionsOn(FaultRole role) => role == FaultRole.Worker ? s_ofMachines : s_ofBrokers;

    /// <summary>Whether it is over by itself.</summary>
    public static bool Heals(FaultAction action) => action is FaultAction.Restart or FaultAction.Redeploy or FaultAction.Evict;
}
