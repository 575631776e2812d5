using Marathon.Workers.Load;

namespace Marathon.Verification;

/// <summary>One join of all evidence of a run; see <see cref="EvidenceJoin"/>.</summary>
internal sealed partial class RunJoin
{
    private readonly RunFacts _facts;
    private readonly IReadOnlyList<WorkerEvidence> _checkpoints;
    private readonly Findings _findings;
    private readonly List<EvidenceGap> _gaps = [];
    private readonly RereadPlan _plan = new();
    private readonly Dictionary<string, TopicFacts> _topics;
    private readonly SortedDictionary<(string Topic, int Partition), PartitionHistory> _histories = [];
    private readonly Dictionary<StreamKey, Sightings> _seen = [];
    private readonly Dictionary<StreamKey, Intervals> _lost = [];
    private ILookup<long, StreamKey> _streams = Enumerable.Empty<StreamKey>().ToLookup(key => key.Incarnation);
    private readonly HashSet<long> _toldAll;
    private RecordCounts _records = new();

    public RunJoin(IReadOnlyList<WorkerEvidence> checkpoints, RunFacts facts)
    {
        _facts = facts;
        _findings = new Findings(facts);
        _topics = facts.Topics.ToDictionary(topic => topic.Name);
        _checkpoints = [.. checkpoints.OrderBy(each => each.Worker, StringComparer.Ordinal).ThenBy(each => each.Epoch)];

        // Whoever ended in good order has listed every incarnation it ever was.
        _toldAll = [.. _checkpoints.Where(each => each.Final).SelectMany(each => each.Producers).Select(each => LifeOf(each.Incarnation))];
    }

    public VerificationResult Result()
    {
        GatherReadings();
        AccountForSends();
        LookAtPartitions();
        LookAtTransactions();
        LookForZombies();
        LookForCycles();
        LookAtPipelines();
        LookAtConservation();
        LookAtOwnership();
        LookAtTopics();
        foreach (var tally in _facts.Observed.Concat(_checkpoints.SelectMany(checkpoint => checkpoint.Anomalies)))
            _findings.Add(tally);

        return new VerificationResult(_records, [.. _findings.UnderPolicy().Select(WithSurroundings)], _plan.Requests(), _gaps);
    }

    private void GatherReadings()
    {
        var readings = new SortedDictionary<(string Topic, int Partition), List<Reading>>();
        foreach (var checkpoint in _checkpoints)
        {
            foreach (var consumer in checkpoint.Consumers)
            {
                foreach (var partition in consumer.Partitions)
                {
                    if (!_topics.ContainsKey(partition.Topic))
                    {
                        Gap(partition.Topic, partition.Partition, $"{consumer.Name} read a topic that the run does not know");
                        continue;
                    }

                    if (!readings.TryGetValue((partition.Topic, partition.Partition), out var list))
                        readings[(partition.Topic, partition.Partition)] = list = [];

                    list.AddRange(partition.Segments.Select(
                        (segment, order) => new Reading(checkpoint.Worker, checkpoint.Epoch, consumer, order, segment)));
                }
            }
        }

        foreach (var ((topic, partition), list) in readings)
        {
            var history = new PartitionHistory(topic, partition, list);
            _histories[(topic, partition)] = history;
            _records = _records with { Rereads = _records.Rereads + history.Rereads };
            foreach (var (key, sightings) in history.Seen)
                Merge(key, sightings);
        }
    }

    private void Merge(StreamKey key, Sightings sightings)
    {
        if (_seen.TryGetValue(key, out var known))
            known.Add(sightings);
        else
            _seen[key] = sightings;
    }

    private void AccountForSends()
    {
        _streams = _seen.Keys.ToLookup(key => key.Incarnation);
        var known = new HashSet<long>();
        foreach (var checkpoint in _checkpoints)
        {
            foreach (var producer in checkpoint.Producers)
            {
                if (!known.Add(producer.Incarnation))
                    Gap(producer.Topic, null, $"incarnation {producer.Incarnation} has two lives, the second of {producer.Name}");
                else if (_topics.TryGetValue(producer.Topic, out var topic))
                    Account(producer, topic);
                else
                    Gap(producer.Topic, null, $"{producer.Name} wrote a topic that the run does not know");
            }
        }

        foreach (var (key, sightings) in _seen.Where(pair => !known.Contains(pair.Key.Incarnation)).OrderBy(pair => pair.Key, StreamKey.Ascending))
            AccountForUnknown(key, sightings);
    }

    private void Account(ProducerEvidence producer, TopicFacts topic)
    {
        var partitions = producer.Partitions.ToDictionary(each => each.Partition);
        foreach (var key in _streams[producer.Incarnation])
        {
            if (key.TopicId != topic.Id)
                AccountForUnknown(key, _seen[key]);
            else if (!partitions.ContainsKey(key.Partition))
                partitions[key.Partition] = new ProducerPartitionEvidence { Partition = key.Partition, Next = 0 };
        }

        foreach (var evidence in partitions.Values.OrderBy(each => each.Partition))
        {
            var key = new StreamKey(producer.Incarnation, topic.Id, evidence.Partition);
            var account = new SendAccount(evidence, producer.Settled, _seen.GetValueOrDefault(key));
            _accounts[key] = account;
            if (account.ContradictsItself)
                Gap(topic.Name, evidence.Partition, $"the outcomes that {producer.Name} reports for incarnation {producer.Incarnation} contradict each other");
            if (evidence.Overflowed)
                Gap(topic.Name, evidence.Partition, $"{producer.Name} had more exceptions than it could keep: some outcomes became indeterminate");
            if (producer.Settled && !account.InFlight.IsEmpty)
                Gap(topic.Name, evidence.Partition, $"{producer.Name} was closed with {account.InFlight.Count} sends unresolved");

            Count(account);
            Judge(producer, topic, key, account);
            _findings.Add(AnomalyKind.RealtimeOrder, evidence.RealtimeInversions, [.. evidence.Examples]);
        }
    }

    private void Count(SendAccount account) => _records = _records with
    {
        Sent = _records.Sent + account.Sent,
        Acked = _records.Acked + account.Acked,
        Failed = _records.Failed + account.Failed,
        Indeterminate = _records.Indeterminate + account.Indeterminate,
        IndeterminateSeen = _records.IndeterminateSeen + account.IndeterminateSeen,
        Received = _records.Received + account.Received,
    };

    private void Judge(ProducerEvidence producer, TopicFacts topic, StreamKey key, SendAccount account)
    {
        Find(AnomalyKind.Phantom, producer, topic, key, account.Phantoms, $"the incarnation is settled and sent {account.Sent} records to this partition");
        Find(AnomalyKind.FailedWriteVisible, producer, topic, key, account.FailedVisible, "the send definitely failed");
        Find(AnomalyKind.AbortedRead, producer, topic, key, account.AbortedVisible, "the transaction was aborted");
        if (account.BlurredMissing > 0)
        {
            _records = _records with { Unseen = _records.Unseen + account.BlurredMissing };
            Gap(topic.Name, key.Partition, $"more holes in {producer.Name} than could be kept: {account.BlurredMissing} records may be missing");
        }

        if (account.Missing.IsEmpty)
            return;

        var history = _histories.GetValueOrDefault((topic.Name, key.Partition)) ?? new PartitionHistory(topic.Name, key.Partition, []);
        DecideMissing(producer, topic, key, account, history);
    }

    private static long LifeOf(long incarnation) => incarnation - (incarnation % ProducerSpec.IncarnationsPerLife);

    private void AccountForUnknown(StreamKey key, Sightings sightings)
    {
        var count = sightings.Sure.Count;
        var life = LifeOf(key.Incarnation);
        if ((_facts.Incarnations.Contains(key.Incarnation) || _facts.Incarnations.Contains(life)) && !_toldAll.Contains(life))
        {
            // It died before its first checkpoint. Sequences are given out in order, so all below the highest were sent.
            var sent = Math.Max(sightings.Sure.Highest, sightings.Unsure.Highest) + 1;
            _records = _records with
            {
                Sent = _records.Sent + sent,
                Indeterminate = _records.Indeterminate + sent,
                IndeterminateSeen = _records.IndeterminateSeen + count,
            };
            return;
        }

        var topic = _facts.Topics.FirstOrDefault(each => each.Id == key.TopicId);
        if (topic is { Exclusive: false })
            return;

        _findings.Add(AnomalyKind.Phantom, count, new AnomalyExample
        {
            Topic = topic?.Name,
            Partition = key.Partition,
            Incarnation = key.Incarnation,
            Sequence = sightings.Sure.Lowest,
            Between = PlaceOf(key, sightings.Sure.Lowest),
            Detail = $"nobody ever had this incarnation, and {count} records of it were read",
        });
    }

    private void Find(AnomalyKind kind, ProducerEvidence producer, TopicFacts topic, StreamKey key, Intervals sequences, string why, Interval? place = null)
    {
        if (sequences.IsEmpty)
            return;

        _findings.Add(kind, sequences.Count, Example(producer, topic, key, sequences.First(), why, place));
    }

    private AnomalyExample Example(ProducerEvidence producer, TopicFacts topic, StreamKey key, Interval sequences, string why, Interval? place) => new()
    {
        Topic = topic.Name,
        Partition = key.Partition,
        Between = place ?? PlaceOf(key, sequences.From),
        Incarnation = key.Incarnation,
        Sequence = sequences.From,
        SeenBy = producer.Name,
        Detail = $"sequences {sequences} of {producer.Name}: {why}",
        Around = Around(key, sequences),
    };

    private void Gap(string? topic, int? partition, string detail) => _gaps.Add(new EvidenceGap(detail, topic, partition));
}
