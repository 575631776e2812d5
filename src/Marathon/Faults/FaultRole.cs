namespace Marathon.Faults;

/// <summary>Whom a fault is aimed at; resolved to a broker at the moment it is injected.</summary>
public enum FaultRole
{
    /// <summary>Any live broker.</summary>
    Any,

    /// <summary>The leader of a partition.</summary>
    Leader,

    /// <summary>A follower of a partition.</summary>
    Follower,

    /// <summary>The machine of a worker, not a broker.</summary>
    Worker,
}
