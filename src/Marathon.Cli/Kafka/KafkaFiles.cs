namespace Marathon.Cli.Kafka;

/// <summary>The files of a local Kafka cluster.</summary>
/// <param name="Folder">The cluster's folder, absolute.</param>
/// <param name="Logs">Where brokers write to, absolute.</param>
internal sealed record KafkaFiles(string Folder, string Logs)
{
    /// <summary>Name of <see cref="Control"/>.</summary>
    public const string ControlFileName = "keeper.json";

    /// <summary>Its control URL and key; there as soon as it serves.</summary>
    public string Control => Path.Combine(Folder, ControlFileName);

    /// <summary>Properties of a node.</summary>
    public string Properties(int node) => Path.Combine(Folder, $"{node}.properties");

    /// <summary>Logs of topics of a node.</summary>
    public string Data(int node) => Path.Combine(Folder, $"{node}");

    /// <summary>Identity of a node's process.</summary>
    public string Pid(int node) => Path.Combine(Folder, $"{node}.pid");

    /// <summary>Identity of the process that formats.</summary>
    public string FormatPid(int node) => Path.Combine(Folder, $"{node}-format.pid");

    /// <summary>What a node's process writes.</summary>
    public string Log(int node) => Path.Combine(Logs, $"kafka-{node}.log");
}
