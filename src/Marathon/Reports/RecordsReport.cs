namespace Marathon.Reports;

/// <summary>
/// Counts of records. Always: sent = acked + failed + indeterminate, and acked = received + unseen + lost.
/// <c>received</c> counts distinct acknowledged records that were read at least once.
/// </summary>
public sealed record RecordsReport(
    long Sent = 0,
    long Acked = 0,
    long Failed = 0,
    long Indeterminate = 0,
    long Received = 0,
    long Unseen = 0,
    long Lost = 0,
    long IndeterminateSeen = 0,
    long Rereads = 0);
