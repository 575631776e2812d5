namespace Marathon.Workers.Load;

/// <summary>The delivery guarantee that the run asks its clients for.</summary>
public enum Guarantee
{
    /// <summary>No retries.</summary>
    AtMostOnce,

    /// <summary>Retries without idempotence: duplicates and reordering are counted, not violations.</summary>
    AtLeastOnce,

    /// <summary>The idempotent producer.</summary>
    Idempotent,

    /// <summary>Transactions, read committed.</summary>
    ExactlyOnce,
}
