using Marathon.Controller.Storage;

namespace Marathon.Cli.Storage;

/// <summary>The files of one run that belong to its processes on this machine.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="RunId">The run.</param>
internal sealed record RunFolder(string Data, string RunId)
{
    /// <summary>The run's folder.</summary>
    public string Path { get; } = new DataFolder(Data).Run(RunId);

    /// <summary>Everything of its own cluster; goes with the cluster.</summary>
    public string Cluster => System.IO.Path.Combine(Path, "cluster");

    /// <summary>Touched by a living controller; watched by the run's cluster.</summary>
    public string ClusterLease => System.IO.Path.Combine(Path, "cluster.lease");

    /// <summary>Identity of the cluster's process.</summary>
    public string ClusterPid => System.IO.Path.Combine(Path, "cluster.pid");

    /// <summary>Identities of workers.</summary>
    public string Workers => System.IO.Path.Combine(Path, "workers");

    /// <summary>Faults, a file each.</summary>
    public string Faults => System.IO.Path.Combine(Path, "faults");

    /// <summary>Logs of all processes.</summary>
    public string Logs => new DataFolder(Data).Logs(RunId);

    /// <summary>Log of one process.</summary>
    public string Log(string process) => System.IO.Path.Combine(Logs, process + ".log");
}
