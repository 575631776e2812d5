namespace Marathon.Testbed.Replication;

/// <summary>Where a reader is. Epochs are -1 where the reader does not know them.</summary>
internal readonly record struct ReadPosition(long Offset, int CurrentLeaderEpoch, int LastFetchedEpoch);
