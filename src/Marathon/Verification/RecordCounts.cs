namespace Marathon.Verification;

/// <summary>
/// Counts over every record. Always: sent = acked + failed + indeterminate, and acked = received + unseen + lost.
/// </summary>
/// <param name="Sent">Records sent.</param>
/// <param name="Acked">Acknowledged, and in a committed transaction or in none.</param>
/// <param name="Failed">Definitely failed, or in an aborted transaction.</param>
/// <param name="Indeterminate">Of which nobody can say, those in flight included.</param>
/// <param name="Received">Distinct acknowledged records that were read at least once.</param>
/// <param name="Unseen">Acknowledged, not read, not proven lost.</param>
/// <param name="Lost">Acknowledged and proven lost.</param>
/// <param name="IndeterminateSeen">Distinct indeterminate records that were read.</param>
/// <param name="Rereads">Readings of offsets that had been read already.</param>
public sealed record RecordCounts(
    long Sent = 0,
    long Acked = 0,
    long Failed = 0,
    long Indeterminate = 0,
    long Received = 0,
    long Unseen = 0,
    long Lost = 0,
    long IndeterminateSeen = 0,
    long Rereads = 0);
