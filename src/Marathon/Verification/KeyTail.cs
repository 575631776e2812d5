namespace Marathon.Verification;

/// <summary>The latest record of a key in a partition.</summary>
/// <param name="KeyId">Number of the key.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Deleted">It is a tombstone.</param>
public sealed record KeyTail(int KeyId, long Offset, bool Deleted = false);
