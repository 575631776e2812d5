using Marathon.Reports;
using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>The heartbeats of a run's workers: one row for each life, overwritten; and what they add up to over time.</summary>
public interface IHeartbeats
{
    /// <summary>Since when heartbeats could arrive here: nobody missed one before that.</summary>
    DateTimeOffset ListeningSince { get; }

    /// <summary>Overwrites a life's row. False when the row is as new or newer.</summary>
    Task<bool> PutAsync(string runId, string worker, Heartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>The rows of a run, those of lives that ended included.</summary>
    Task<IReadOnlyList<HeartbeatRow>> ListAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Adds one point, now, to the series of the run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sinceStart">Time since the run's start.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task SampleAsync(string runId, TimeSpan sinceStart, CancellationToken cancellationToken);

    /// <summary>The series so far: a bounded number of points that coarsens as the run goes on.</summary>
    Task<IReadOnlyList<SeriesReport>> SeriesAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Makes sure that all of it would survive the controller.</summary>
    Task FlushAsync(string runId, CancellationToken cancellationToken);
}
