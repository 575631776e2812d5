namespace Marathon.Verification;

/// <summary>A transaction of the run.</summary>
/// <param name="Incarnation">The producer's incarnation.</param>
/// <param name="Id">Its id in record headers.</param>
public readonly record struct TransactionRef(long Incarnation, long Id);
