namespace Marathon.Testbed.Storage;

/// <summary>A transaction that a read_committed reader must skip.</summary>
/// <param name="LastOffset">The offset of its abort marker.</param>
/// <param name="LastStableOffset">The last stable offset right after that marker was appended.</param>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset, long LastOffset, long LastStableOffset);
