namespace Marathon.Cli.Clusters;

/// <summary>How a local cluster's process makes itself known, once it serves: a file that its user alone can read.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="BootstrapServers">For clients.</param>
/// <param name="ControlUrl">Base of its control API.</param>
/// <param name="Key">Bearer key of that API.</param>
internal sealed record ControlFile(int Pid, string BootstrapServers, Uri ControlUrl, string Key);
