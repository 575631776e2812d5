using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>A producer with its ledger, and the truth about its records as sets of (partition, sequence).</summary>
internal sealed class SimulatedProducer(long incarnation, int partitions, Guarantee guarantee)
{
    private readonly HashSet<(int Partition, long Sequence)> _acked = [], _failed = [], _unknown = [];

    public ProducerLedger Ledger { get; } = new(incarnation, $"producer-{incarnation}", TestReader.Topic, partitions, Acks.All, guarantee);

    public ProducerEvidence? Evidence { get; private set; }

    /// <summary>What the evidence that arrived says.</summary>
    public HashSet<(int Partition, long Sequence)> Acked { get; private set; } = [];

    public HashSet<(int Partition, long Sequence)> Failed { get; private set; } = [];

    public HashSet<(int Partition, long Sequence)> Unknown { get; private set; } = [];

    public long[] Next { get; private set; } = new long[partitions];

    public void Checkpoint()
    {
        Evidence = Ledger.Snapshot();
        (Acked, Failed, Unknown) = ([.. _acked], [.. _failed], [.. _unknown]);
        Next = [.. Enumerable.Range(0, partitions).Select(p => Evidence.Partitions.FirstOrDefault(each => each.Partition == p)?.Next ?? 0)];
    }

    public void Send(int partition, double dice, double failing, double unknown, List<List<TestRecord?>> logs, Random random)
    {
        var sequence = Ledger.Next(partition);
        var record = TestRecord.Of(incarnation, partition, sequence);
        if (dice < failing)
        {
            Ledger.Failed(partition, sequence);
            _failed.Add((partition, sequence));
            return;
        }

        if (dice < failing + unknown)
        {
            Ledger.Indeterminate(partition, sequence);
            _unknown.Add((partition, sequence));
            if (random.Next(2) == 0)
                logs[partition].Add(record);
            return;
        }

        logs[partition].Add(record);
        Ledger.Acknowledged(partition, sequence, random.Next(10) == 0 ? -1 : logs[partition].Count - 1);
        _acked.Add((partition, sequence));
    }
}
