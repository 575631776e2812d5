namespace Marathon.Controller.Storage;

/// <summary>Where everything of a run lies on one machine: below <c>runs/&lt;id&gt;/</c> of the data folder.</summary>
public sealed class DataFolder(string root)
{
    /// <summary>The data folder, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The loop's list and history.</summary>
    public string Loop => Path.Combine(Root, "loop.json");

    /// <summary>Folder of all runs.</summary>
    public string Runs => Path.Combine(Root, "runs");

    /// <summary>Folder of a run.</summary>
    public string Run(string runId) => Path.Combine(Runs, runId);

    /// <summary>What the run was asked to be, as it was asked.</summary>
    public string Spec(string runId) => Path.Combine(Run(runId), "spec.json");

    /// <summary>What has become of it so far.</summary>
    public string Record(string runId) => Path.Combine(Run(runId), "run.json");

    /// <summary>The workers' registrations.</summary>
    public string Registrations(string runId) => Path.Combine(Run(runId), "registrations.json");

    /// <summary>Last heartbeats and series.</summary>
    public string Fleet(string runId) => Path.Combine(Run(runId), "fleet.json");

    /// <summary>The token of the run's workers; readable by the user alone.</summary>
    public string Token(string runId) => Path.Combine(Run(runId), "token");

    /// <summary>Folder of evidence checkpoints.</summary>
    public string Evidence(string runId) => Path.Combine(Run(runId), "evidence");

    /// <summary>Folder of the finished report.</summary>
    public string Report(string runId) => Path.Combine(Run(runId), "report");

    /// <summary>Folder of logs.</summary>
    public string Logs(string runId) => Path.Combine(Run(runId), "logs");
}
