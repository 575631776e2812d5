namespace Marathon.Verification;

/// <summary>The first time that a consumer saw a record of a transaction.</summary>
/// <param name="Incarnation">The producer's incarnation.</param>
/// <param name="Id">The transaction.</param>
/// <param name="FirstReadAt">When, in nanoseconds since the Unix epoch, by the consumer's clock.</param>
/// <param name="Topic">Where: topic.</param>
/// <param name="Partition">Where: partition.</param>
/// <param name="Offset">Where: offset.</param>
/// <param name="WasOpen">A later record of it was sent after that: it was still open.</param>
public sealed record TransactionSighting(
    long Incarnation, long Id, long FirstReadAt, string Topic, int Partition, long Offset, bool WasOpen);
