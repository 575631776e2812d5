using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Durable.Embedded;

/// <summary>How to host the embedded engine.</summary>
public sealed record EmbeddedDurableOptions
{
    /// <summary>The orchestrators and activities it runs.</summary>
    public required DurableTaskRegistry Registry { get; init; }

    /// <summary>The SQLite file; created with its folder when absent. Null keeps everything in memory.</summary>
    public string? DatabasePath { get; init; }

    /// <summary>Creates orchestrators and activities; an activity gets a scope of its own where the provider has scopes.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The clock of timers and orchestrations; a <see cref="VirtualTimeProvider"/> in tests.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    public DataConverter DataConverter { get; init; } = JsonDataConverter.Default;

    /// <summary>Activities that run at the same time; more wait their turn.</summary>
    public int MaxConcurrentActivities { get; init; } = Math.Max(32, Environment.ProcessorCount * 8);

    /// <summary>Orchestrators that run at the same time, each on a thread.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Longer timers are split into several of this length.</summary>
    public TimeSpan MaximumTimerInterval { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a stop waits for running activities. Those that take longer run again after the next start.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long instances that have ended can be asked about; then they are removed, with their descendants. A child stays
    /// as long as the execution that called it. Null keeps everything until it is purged.
    /// </summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>For tests of crashes: called after each commit, before memory has followed.</summary>
    internal Action? AfterCommit { get; init; }
}
