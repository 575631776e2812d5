namespace Marathon.Workers;

/// <summary>Names on the wire between controller and workers.</summary>
public static class WorkerProtocol
{
    /// <summary>Commands are posted to <c>{node}/commands/{name}</c>.</summary>
    public const string CommandsPath = "/commands/";

    /// <summary>
    /// Where whoever breaks things on purpose posts a notice of preemption: the command <c>preempt</c>, which needs no id here,
    /// since a worker goes once however often it is told.
    /// </summary>
    public const string PreemptPath = "/preempt";

    /// <summary>Request header that makes a command happen once, however often it is sent.</summary>
    public const string CommandIdHeader = "Marathon-Command-Id";

    /// <summary>Scheme of the <c>Authorization</c> header that carries the run's token, in both directions.</summary>
    public const string TokenScheme = "Bearer";

    /// <summary>Environment variable that hands a starting worker its run's token; never on its command line.</summary>
    public const string TokenVariable = "MARATHON_RUN_TOKEN";

    /// <summary>
    /// Folder in the run's folder where a worker leaves the newest checkpoint that it could not deliver, as
    /// <c>{worker}-{epoch}.json</c>: the body of <c>PUT …/evidence/{worker}/{epoch}</c>. The worker removes the file once the
    /// controller has stored that checkpoint or a newer one; what a dead worker left there the controller takes.
    /// </summary>
    public const string EvidenceOutbox = "evidence-outbox";

    /// <summary>A worker tells of its heartbeat this often.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>A worker stores its evidence this often.</summary>
    public static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long anything lives without a living controller, unless told otherwise.</summary>
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(60);
}
