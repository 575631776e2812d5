using Marathon.Controller.Runs;
using Marathon.Workers;

namespace Marathon.Controller;

/// <summary>What a host tells the controller.</summary>
public sealed record ControllerOptions
{
    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Opens the operators' routes, as header <c>x-functions-key</c>; null leaves them to the host (Functions keys).</summary>
    public string? OperatorKey { get; init; }

    /// <summary>Host names under which requests are taken, beside the names of the loopback interface. <c>*</c> takes any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>How long workers live without an answer.</summary>
    public TimeSpan Lease { get; init; } = WorkerProtocol.DefaultLease;

    /// <summary>How long after its start the token of a run opens its workers' routes.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How long after its end it still does: for what workers have not handed in yet.</summary>
    public TimeSpan TokenGrace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time limits of runs.</summary>
    public RunSettings Runs { get; init; } = new();
}
