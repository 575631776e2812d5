namespace Marathon.Verification;

/// <summary>The records of a transaction in one partition: sequences from <paramref name="From"/> up to, and without, <paramref name="To"/>.</summary>
public readonly record struct TransactionRange(int Partition, long From, long To);
