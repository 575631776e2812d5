using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Verification;

namespace Marathon.Controller.Evidence;

/// <summary>Reads offsets again with a fresh consumer at the current leader.</summary>
public interface IRangeRereader
{
    /// <summary>Reads a range, or the part of it that the time allows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="topicId">The topic's id in record headers.</param>
    /// <param name="range">What to read.</param>
    /// <param name="reader">Name of the evidence's worker.</param>
    /// <param name="within">How long at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<RangeReread> ReadAsync(
        RunRecord run, ClusterAddress cluster, int topicId, RereadRequest range, string reader, TimeSpan within, CancellationToken cancellationToken);
}
