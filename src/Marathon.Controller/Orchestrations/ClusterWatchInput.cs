namespace Marathon.Controller.Orchestrations;

/// <summary>State of <see cref="ClusterWatch"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Interval">How often to look.</param>
/// <param name="Told">The run has been told that the cluster is gone.</param>
public sealed record ClusterWatchInput(string RunId, TimeSpan Interval, bool Told = false);
