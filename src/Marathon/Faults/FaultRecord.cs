namespace Marathon.Faults;

/// <summary>A fault that was injected, as the report tells it.</summary>
/// <param name="Id">Unique within the run.</param>
/// <param name="Spec">What was asked for.</param>
/// <param name="BrokerId">Whom it struck; -1 where that is no broker.</param>
/// <param name="StartedAt">When it took effect; while it has not, when it was begun.</param>
/// <param name="HealedAt">When it was over: the broker served again; null while it does not.</param>
/// <param name="UnavailableForSeconds">How long the partition had no leader that took writes; null when not known.</param>
/// <param name="RecoveredAfterSeconds">From <paramref name="StartedAt"/> until it had one again; null when not known.</param>
/// <param name="Target">Whom it struck, in words; null is the broker.</param>
/// <param name="Handle">What its injector keeps about it, in its own words.</param>
/// <param name="PollAfter">When to look again how what is under way fares; null while nothing is.</param>
/// <param name="Trouble">Why it could not be brought about; null where it could.</param>
public sealed record FaultRecord(
    string Id,
    FaultSpec Spec,
    int BrokerId,
    DateTimeOffset StartedAt,
    DateTimeOffset? HealedAt = null,
    double? UnavailableForSeconds = null,
    double? RecoveredAfterSeconds = null,
    string? Target = null,
    string? Handle = null,
    TimeSpan? PollAfter = null,
    string? Trouble = null)
{
    /// <summary>Nothing is left to do about it, nor to be asked: of a machine nobody knows when its partitions had leaders again.</summary>
    public bool IsOver => HealedAt is not null && PollAfter is null && (RecoveredAfterSeconds is not null || Spec.Role == FaultRole.Worker);
}
