namespace Marathon.Faults;

/// <summary>A fault that was injected, as the report tells it.</summary>
/// <param name="Id">Unique within the run.</param>
/// <param name="Spec">What was asked for.</param>
/// <param name="BrokerId">Whom it struck.</param>
/// <param name="StartedAt">When it took effect.</param>
/// <param name="HealedAt">When the broker served again; null while it does not.</param>
/// <param name="UnavailableForSeconds">How long the partition had no leader that took writes; null when not known.</param>
/// <param name="RecoveredAfterSeconds">From <paramref name="StartedAt"/> until it had one again; null when not known.</param>
public sealed record FaultRecord(
    string Id,
    FaultSpec Spec,
    int BrokerId,
    DateTimeOffset StartedAt,
    DateTimeOffset? HealedAt = null,
    double? UnavailableForSeconds = null,
    double? RecoveredAfterSeconds = null);
