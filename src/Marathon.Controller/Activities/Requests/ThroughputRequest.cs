using Marathon.Configuration;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="ChangeThroughput"/>: what is null stays as it is.</summary>
public sealed record ThroughputRequest(string RunId, string CommandId, Rate? Rate = null, bool? Paused = null);
