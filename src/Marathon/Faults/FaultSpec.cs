namespace Marathon.Faults;

/// <summary>A fault to inject.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Role">Whom to do it to.</param>
/// <param name="Topic">The topic of the partition whose leader or follower is meant; null is the run's own.</param>
/// <param name="Partition">Its partition.</param>
public sealed record FaultSpec(FaultAction Action, FaultRole Role, string? Topic = null, int Partition = 0);
