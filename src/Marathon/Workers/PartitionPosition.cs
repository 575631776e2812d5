namespace Marathon.Workers;

/// <summary>How far a consumer has come in a partition.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Partition">Partition, from 0.</param>
/// <param name="NextOffset">The offset it reads next.</param>
/// <param name="HighWatermark">The high watermark of the last fetch; -1 when not known.</param>
public sealed record PartitionPosition(string Topic, int Partition, long NextOffset, long HighWatermark);
