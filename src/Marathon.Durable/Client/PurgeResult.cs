namespace Marathon.Durable;

/// <summary>How many instances are gone.</summary>
/// <param name="PurgedInstanceCount">Instances removed, sub-orchestrations included.</param>
/// <param name="IsComplete">Null when the host does not say whether more are left.</param>
public sealed record PurgeResult(int PurgedInstanceCount, bool? IsComplete = null);
