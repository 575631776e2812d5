using Marathon.Controller.Evidence;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Verification;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>Where it is blind, no range can be read again.</summary>
internal sealed class BlindRereader(IRangeRereader sighted, Func<string, bool> isBlind) : IRangeRereader
{
    public Task<RangeReread> ReadAsync(
        RunRecord run, ClusterAddress cluster, int topicId, RereadRequest range, string reader, TimeSpan within, CancellationToken cancellationToken) =>
        isBlind(run.Topic!.Name)
            ? throw new IOException("the range cannot be read again")
            : sighted.ReadAsync(run, cluster, topicId, range, reader, within, cancellationToken);
}
