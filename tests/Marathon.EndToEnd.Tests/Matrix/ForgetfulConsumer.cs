using System.Collections.Concurrent;
using Marathon.Workers.Load;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A fleet of consumers of whom none reads partition 0.</summary>
internal sealed class ForgetfulConsumer : Misbehaviour
{
    private const int Forgotten = 0;
    private readonly ConcurrentDictionary<string, long> acknowledged = new();

    public override long Committed => acknowledged.Values.Sum();

    public override LoadSpec Change(LoadSpec spec) => spec with
    {
        Consumers = [.. spec.Consumers.Select(c => c with { Partitions = [.. c.Partitions.Where(p => p != Forgotten)] })],
    };

    public override void Look(LoadEvidence evidence)
    {
        foreach (var producer in evidence.Producers)
        {
            acknowledged[producer.Name] = producer.Partitions.Where(p => p.Partition == Forgotten).Sum(p => p.Acknowledged.Count);
        }
    }
}
