namespace Marathon.Workers;

/// <summary>Names on the wire between controller and workers.</summary>
public static class WorkerProtocol
{
    /// <summary>Commands are posted to <c>{node}/commands/{name}</c>.</summary>
    public const string CommandsPath = "/commands/";

    /// <summary>Request header that makes a command happen once, however often it is sent.</summary>
    public const string CommandIdHeader = "Marathon-Command-Id";

    /// <summary>Environment variable that hands a starting worker its run's token; never on its command line.</summary>
    public const string TokenVariable = "MARATHON_RUN_TOKEN";

    /// <summary>A worker tells of its heartbeat this often.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>A worker stores its evidence this often.</summary>
    public static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long anything lives without a living controller, unless told otherwise.</summary>
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(60);
}
