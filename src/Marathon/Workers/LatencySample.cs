namespace Marathon.Workers;

/// <summary>Latency over the last heartbeat interval, in milliseconds; null where nothing was measured.</summary>
/// <param name="PublishP50">Publish, median.</param>
/// <param name="PublishP99">Publish, 99th percentile.</param>
/// <param name="EndToEndP50">End to end, median.</param>
/// <param name="EndToEndP99">End to end, 99th percentile.</param>
public sealed record LatencySample(double? PublishP50 = null, double? PublishP99 = null, double? EndToEndP50 = null, double? EndToEndP99 = null);
