using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>A run of a few records, put together by hand: one topic with one partition.</summary>
internal sealed class SmallRun
{
    private readonly List<ProducerEvidence> _producers = [];
    private readonly List<ConsumerEvidence> _consumers = [];

    public Guarantee Guarantee { get; init; } = Guarantee.Idempotent;

    public Acks Acks { get; init; } = Acks.All;

    public long? EndOffset { get; set; }

    public bool Drained { get; set; } = true;

    /// <summary>Whether the producers' workers ended in good order.</summary>
    public bool Final { get; set; }

    public bool Removes { get; init; }

    public bool Exclusive { get; init; } = true;

    public List<WithheldOffsets> Withheld { get; } = [];

    public List<LogExcerpt> Excerpts { get; } = [];

    public HashSet<long> Incarnations { get; } = [];

    public List<AnomalyTally> Observed { get; } = [];

    /// <summary>A producer of incarnation 7 that has sent that many records, all acknowledged at the offsets of their sequences.</summary>
    public SmallRun Sent(long count, bool settled = true, bool transactional = false)
    {
        var ledger = Ledger(transactional);
        for (long sequence = 0; sequence < count; sequence++)
            ledger.Acknowledged(0, ledger.Next(0), sequence);

        if (settled)
            ledger.Settle();

        return With(ledger);
    }

    public ProducerLedger Ledger(bool transactional = false, long incarnation = 7) =>
        new(incarnation, $"p{incarnation}", TestReader.Topic, 1, Acks, Guarantee, transactional ? "tx" : null);

    public SmallRun With(ProducerLedger ledger)
    {
        _producers.Add(ledger.Snapshot());
        return this;
    }

    public SmallRun With(ConsumerChecker checker)
    {
        _consumers.Add(checker.Snapshot());
        return this;
    }

    /// <summary>A consumer that reads sequences of incarnation 7 from an offset on; a negative one is an offset without a record.</summary>
    public SmallRun Read(string name, long firstOffset, params ReadOnlySpan<long> sequences) => Read(name, firstOffset, false, sequences);

    public SmallRun Reread(long firstOffset, params ReadOnlySpan<long> sequences) => Read("rereader", firstOffset, true, sequences);

    public VerificationResult Join() => EvidenceJoin.Join(Checkpoints(), Facts());

    public IReadOnlyList<WorkerEvidence> Checkpoints() =>
    [
        .. _producers.Select((producer, i) => Evidence($"producers-{i}") with { Producers = [producer], Final = Final }),
        .. _consumers.Select((consumer, i) => Evidence($"consumers-{i}") with { Consumers = [consumer] }),
    ];

    public RunFacts Facts() => new()
    {
        Run = TestRecord.Run,
        Topics =
        [
            new TopicFacts
            {
                Name = TestReader.Topic,
                Id = 1,
                Removes = Removes,
                Exclusive = Exclusive,
                Withheld = Withheld,
                Excerpts = Excerpts,
                EndOffsets = EndOffset is { } end ? new Dictionary<int, long> { [0] = end } : [],
            },
        ],
        Guarantee = Guarantee,
        Acks = Acks,
        Assignment = Assignment.Assign,
        Drained = Drained,
        Incarnations = Incarnations,
        Observed = Observed,
    };

    public static AnomalyFinding? Find(VerificationResult result, AnomalyKind kind) => result.Anomalies.FirstOrDefault(finding => finding.Kind == kind);

    private SmallRun Read(string name, long firstOffset, bool rereader, ReadOnlySpan<long> sequences)
    {
        var checker = new ConsumerChecker(name, TestRecord.Run, Isolation.ReadCommitted, rereader: rereader);
        var handle = checker.Assign(start: firstOffset);
        foreach (var sequence in sequences)
        {
            if (sequence >= 0)
                checker.Read(handle, firstOffset, TestRecord.Of(7, 0, sequence));

            checker.Passed(handle, ++firstOffset);
        }

        checker.Revoked(handle, 1);
        return With(checker);
    }

    private static WorkerEvidence Evidence(string worker) => new()
    {
        Run = TestRecord.Run, Worker = worker, Epoch = 1, Number = 1, At = DateTimeOffset.UnixEpoch,
    };
}
