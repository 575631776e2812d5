using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>
/// A run against a log that is a list: producers that fail and die, a log that sins, consumers that hand over and crash; and
/// beside it the plain truth, kept in the slowest and most obvious way.
/// </summary>
internal sealed class SimulatedRun
{
    private static readonly CheckerLimits Limits = new() { SegmentOffsets = 64, RecentSegments = 2, Segments = 1000 };
    private readonly Random _random;
    private readonly Dictionary<(string, int), long> _numbers = [];
    private readonly List<WorkerEvidence> _sent = [];
    private readonly List<SimulatedProducer> _producers = [];
    private int _workers;

    public SimulatedRun(int seed, int partitions, Guarantee guarantee = Guarantee.Idempotent)
    {
        _random = new Random(seed);
        Guarantee = guarantee;
        Logs = [.. Enumerable.Range(0, partitions).Select(_ => new List<TestRecord?>())];
    }

    public Guarantee Guarantee { get; }

    /// <summary>By partition, by offset; null where there is no record: a transaction marker, or compacted.</summary>
    public List<List<TestRecord?>> Logs { get; }

    public IReadOnlyList<SimulatedProducer> Producers => _producers;

    public Random Random => _random;

    public SimulatedProducer Produce(long incarnation, int count, double failing = 0, double unknown = 0, bool dies = false)
    {
        var producer = new SimulatedProducer(incarnation, Logs.Count, Guarantee);
        _producers.Add(producer);
        var checkpointAt = dies ? _random.Next(count) : count;
        for (var i = 0; i < count; i++)
        {
            if (i == checkpointAt)
                producer.Checkpoint();

            producer.Send(_random.Next(Logs.Count), _random.NextDouble(), failing, unknown, Logs, _random);
            if (_random.Next(20) == 0)
                Logs[_random.Next(Logs.Count)].Add(null);
        }

        if (!dies)
        {
            producer.Ledger.Settle();
            producer.Checkpoint();
        }

        Send(new WorkerEvidence
        {
            Run = TestRecord.Run, Worker = $"p{incarnation}", Epoch = 1, Number = 1, At = DateTimeOffset.UnixEpoch, Producers = [producer.Evidence!],
        });
        return producer;
    }

    /// <summary>Reads every partition to its end: consumers take turns, hand over in order, or crash and lose what they had not sent.</summary>
    public void Consume(string name, bool crashes = true)
    {
        for (var partition = 0; partition < Logs.Count; partition++)
        {
            long committed = 0;
            PartitionEvidence? stored = null;
            while (committed < Logs[partition].Count)
                (committed, stored) = Turn($"{name}-{_workers++}", partition, committed, stored, crashes);
        }
    }

    public void Reread(RereadRequest request)
    {
        var checker = new ConsumerChecker($"rereader-{_workers}", TestRecord.Run, Isolation.ReadUncommitted, rereader: true, limits: Limits);
        var handle = checker.Assign(request.Partition, request.From);
        var end = Math.Min(request.To, Logs[request.Partition].Count);
        for (var offset = request.From; offset < end; offset++)
            ReadAt(checker, handle, request.Partition, offset);

        checker.Passed(handle, end);
        checker.Revoked(handle, 1);
        Store(checker, $"rereader-{_workers++}");
    }

    public RunFacts Facts(bool drained = true) => new()
    {
        Run = TestRecord.Run,
        Topics =
        [
            new TopicFacts
            {
                Name = TestReader.Topic,
                Id = 1,
                EndOffsets = Enumerable.Range(0, Logs.Count).ToDictionary(each => each, each => (long)Logs[each].Count),
            },
        ],
        Guarantee = Guarantee,
        Acks = Acks.All,
        Assignment = Assignment.Assign,
        Drained = drained,
        Incarnations = _producers.Select(producer => producer.Ledger.Incarnation).ToHashSet(),
    };

    /// <summary>Joins what was sent, in another order each time and some of it twice.</summary>
    public VerificationResult Join(bool drained = true)
    {
        var merge = new EvidenceMerge();
        var arriving = _sent.Concat(_sent.Where(_ => _random.Next(3) == 0)).ToArray();
        _random.Shuffle(arriving);
        foreach (var evidence in arriving)
            merge.Add(EvidenceJson.Read(EvidenceJson.Write(evidence)));

        return EvidenceJoin.Join(merge.Checkpoints, Facts(drained));
    }

    /// <summary>Joins, reads again what the join asks for, and joins again until it asks for nothing.</summary>
    public VerificationResult Settle()
    {
        var result = Join();
        for (var round = 0; result.Rereads.Count > 0; round++)
        {
            Assert.True(round < 4, $"still asks for {string.Join(", ", result.Rereads)}");
            foreach (var request in result.Rereads)
                Reread(request);

            result = Join();
        }

        return result;
    }

    private (long Committed, PartitionEvidence? Stored) Turn(
        string name, int partition, long committed, PartitionEvidence? stored, bool crashes)
    {
        var checker = new ConsumerChecker(name, TestRecord.Run, Isolation.ReadUncommitted, limits: Limits);
        if (stored is not null && _random.Next(2) == 0)
            checker.Restore(stored);

        var handle = checker.Assign(partition, committed);
        var log = Logs[partition];
        var offset = committed;
        var turns = _random.Next(1, 5);
        for (var i = 0; i < turns && offset < log.Count; i++)
        {
            var end = Math.Min(log.Count, offset + _random.Next(1, 200));
            for (; offset < end; offset++)
                ReadAt(checker, handle, partition, offset);

            if (end == log.Count)
                checker.Passed(handle, end);

            // The checkpoint is stored before the offset is committed; now and then a crash comes between the two.
            var cut = checker.Cut(handle);
            stored = Store(checker, name).Partitions[0];
            if (crashes && _random.Next(6) == 0)
                return (committed, stored);

            committed = cut;
            if (_random.Next(2) == 0)
                checker.Committed(handle, committed);
        }

        if (crashes && _random.Next(2) == 0)
        {
            for (var lost = 0; lost < 50 && offset < log.Count; lost++, offset++)
                ReadAt(checker, handle, partition, offset);

            if (_random.Next(2) == 0)
                stored = Store(checker, name).Partitions[0];

            return (committed, stored);
        }

        checker.Revoked(handle, 1);
        stored = Store(checker, name).Partitions[0];
        return (committed, stored);
    }

    private void ReadAt(ConsumerChecker checker, int handle, int partition, long offset)
    {
        if (Logs[partition][(int)offset] is { } record)
            checker.Read(handle, offset, record);
    }

    private ConsumerEvidence Store(ConsumerChecker checker, string worker)
    {
        var evidence = checker.Snapshot();
        var number = _numbers[(worker, 1)] = _numbers.GetValueOrDefault((worker, 1)) + 1;
        Send(new WorkerEvidence
        {
            Run = TestRecord.Run, Worker = worker, Epoch = 1, Number = number, At = DateTimeOffset.UnixEpoch, Consumers = [evidence],
        });
        return evidence;
    }

    private void Send(WorkerEvidence evidence) => _sent.Add(evidence);
}
