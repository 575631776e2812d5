namespace Marathon.Testbed.Storage;

/// <summary>What is remembered of one of a producer's last batches, to recognise a retry.</summary>
internal readonly record struct ProducerBatch(int FirstSequence, int LastSequence, long BaseOffset, long LastOffset, long Timestamp);
