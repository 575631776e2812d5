using Marathon.Workers;
using Marathon.Workers.Load;

namespace Marathon.Worker.Commands;

/// <summary>Carries out commands; each returns when it is done and throws <see cref="CommandRefusedException"/> in the wrong phase.</summary>
public interface ICommandTarget
{
    /// <summary>What the worker is doing.</summary>
    WorkerPhase Phase { get; }

    /// <summary>Number of the newest checkpoint that the controller has stored.</summary>
    long StoredCheckpoint { get; }

    /// <summary>Cancelled when the worker ends.</summary>
    CancellationToken Ending { get; }

    /// <summary><c>initialise</c>.</summary>
    Task InitialiseAsync(LoadSpec spec, CancellationToken cancellationToken);

    /// <summary><c>start</c>.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary><c>throughput</c>.</summary>
    Task ChangeThroughputAsync(double? ratePerSecond, CancellationToken cancellationToken);

    /// <summary><c>measure</c>.</summary>
    Task BeginMeasurementAsync(CancellationToken cancellationToken);

    /// <summary><c>pause-consumption</c>.</summary>
    Task PauseConsumptionAsync(CancellationToken cancellationToken);

    /// <summary><c>resume-consumption</c>.</summary>
    Task ResumeConsumptionAsync(CancellationToken cancellationToken);

    /// <summary><c>stop</c>.</summary>
    Task StopAsync(TimeSpan flush, CancellationToken cancellationToken);

    /// <summary><c>evidence</c>.</summary>
    Task StoreEvidenceAsync(CancellationToken cancellationToken);

    /// <summary><c>shutdown</c>.</summary>
    Task ShutdownAsync(CancellationToken cancellationToken);

    /// <summary><c>preempt</c>.</summary>
    Task PreemptAsync();
}
