namespace Marathon.Reports;

/// <summary>One life of a worker.</summary>
/// <param name="Id">The worker.</param>
/// <param name="Role">Its role.</param>
/// <param name="Epoch">Which life, from 1.</param>
/// <param name="Pid">Process id; null when it never registered.</param>
/// <param name="Node">host:port; null when it never registered.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended; null when not known.</param>
/// <param name="End">done, drained, killed or lost.</param>
/// <param name="ReplacedBy">The epoch that took over; null when none did.</param>
/// <param name="CpuSeconds">Processor time used.</param>
/// <param name="RecordsAcked">Acknowledged records of its producers.</param>
/// <param name="RecordsReceived">Records its consumers read.</param>
public sealed record WorkerReport(
    string Id,
    string Role,
    int Epoch,
    int? Pid,
    string? Node,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string End,
    int? ReplacedBy,
    double CpuSeconds,
    long RecordsAcked,
    long RecordsReceived);
