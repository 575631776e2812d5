namespace Marathon.Verification;

/// <summary>
/// Offsets that a fresh consumer, at the current leader, must read before anybody can say more: from
/// <paramref name="From"/> up to, and without, <paramref name="To"/>. It reports as a <see cref="ConsumerEvidence.Rereader"/>.
/// </summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="From">First offset to read; log start offset when lower than that.</param>
/// <param name="To">Offset to stop at; <see cref="ToEnd"/> for the end of the log.</param>
/// <param name="Missing">Acknowledged records that should be there.</param>
/// <param name="Why">What it is to settle.</param>
public sealed record RereadRequest(string Topic, int Partition, long From, long To, long Missing, string Why)
{
    /// <summary>Value of <see cref="To"/> that means the end of the log.</summary>
    public const long ToEnd = long.MaxValue;
}
