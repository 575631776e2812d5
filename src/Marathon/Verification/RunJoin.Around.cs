using Marathon.Records;

namespace Marathon.Verification;

/// <content>What was around an anomaly: of records what was read before and after, of groups and transactions what they did.</content>
internal sealed partial class RunJoin
{
    private const int Reach = 5;

    private AnomalyFinding WithSurroundings(AnomalyFinding finding) =>
        finding with { Examples = [.. finding.Examples.Select(example => WithSurroundings(finding.Kind, example))] };

    private AnomalyExample WithSurroundings(AnomalyKind kind, AnomalyExample example)
    {
        var around = example.Around ?? Operations(kind, example) ?? [];
        var place = LogPlace.Of(example);
        var excerpt = place is null || example.Topic is null || !_topics.TryGetValue(example.Topic, out var topic)
            ? null
            : topic.Excerpts.FirstOrDefault(each => each.Place == place);
        IReadOnlyList<string> all = [.. around, .. excerpt?.Lines ?? []];
        return example with { Offset = example.Offset ?? excerpt?.FoundAt, Around = all.Count > 0 ? all : null };
    }

    private List<string>? Operations(AnomalyKind kind, AnomalyExample example) => kind switch
    {
        AnomalyKind.DoubleOwnership or AnomalyKind.CommitRegression =>
            Around(Ownerships((_, partition) => partition.Topic == example.Topic && partition.Partition == example.Partition), example.SeenAt),
        AnomalyKind.StuckMember => Around(Ownerships((consumer, _) => consumer.Name == example.SeenBy), example.SeenAt),
        AnomalyKind.ZombieNotFenced => Around(TransactionsWithTheIdOf(example.Incarnation).SelectMany(Steps), example.SeenAt),
        _ => null,
    };

    /// <summary>What was read of a stream before and after sequences that are missing, or on both sides of those that are there.</summary>
    private List<string>? Around(StreamKey key, Interval sequences)
    {
        var runs = RunsOf(key);
        var around = runs.Where(run => run.Last < sequences.From).TakeLast(2)
            .Concat(runs.Where(run => run.Last >= sequences.From).Take(2))
            .Select(run => $"sequences {run.First} to {run.Last} were read at offsets {run.FirstOffset} to {run.LastOffset}");
        return around.ToList() is { Count: > 0 } found ? found : null;
    }

    /// <summary>The offsets among which a sequence was read; where not everybody was given it, those among which it belongs.</summary>
    private Interval PlaceOf(StreamKey key, long sequence)
    {
        var runs = RunsOf(key);
        foreach (var run in runs.Where(run => run.First <= sequence && sequence <= run.Last))
        {
            return run.LastOffset - run.FirstOffset == run.Last - run.First
                ? new Interval(run.FirstOffset + (sequence - run.First), run.FirstOffset + (sequence - run.First) + 1)
                : new Interval(run.FirstOffset, run.LastOffset + 1);
        }

        return RecordPlace.Of(runs, new Interval(sequence, sequence + 1), null);
    }

    private SequenceRun[] RunsOf(StreamKey key) =>
        _histories.Values.FirstOrDefault(each => each.Partition == key.Partition && each.Streams.ContainsKey(key))?.Streams[key].Runs.ToRuns() ?? [];

    private IEnumerable<(long At, string What)> Ownerships(Func<ConsumerEvidence, PartitionEvidence, bool> isMeant)
    {
        foreach (var consumer in _checkpoints.SelectMany(checkpoint => checkpoint.Consumers).Where(consumer => consumer.Group is not null))
        {
            foreach (var partition in consumer.Partitions.Where(partition => isMeant(consumer, partition)))
            {
                foreach (var ownership in partition.Ownerships)
                {
                    yield return (ownership.From, $"{consumer.Name} got partition {partition.Partition} and began at offset {ownership.StartOffset}");
                    if (ownership.To is { } to)
                        yield return (to, $"{consumer.Name} {(ownership.Lost ? "had lost" : "gave up")} partition {partition.Partition}");
                }
            }
        }
    }

    private IEnumerable<(long Incarnation, TransactionEvidence Transaction)> TransactionsWithTheIdOf(long? incarnation)
    {
        var producers = _checkpoints.SelectMany(checkpoint => checkpoint.Producers).ToArray();
        var id = Array.Find(producers, producer => producer.Incarnation == incarnation)?.TransactionalId;
        return from producer in producers
               where id is not null && producer.TransactionalId == id
               from transaction in producer.Transactions
               select (producer.Incarnation, transaction);
    }

    private static IEnumerable<(long At, string What)> Steps((long Incarnation, TransactionEvidence Transaction) of)
    {
        var (name, transaction) = ($"transaction {of.Transaction.Id} of incarnation {of.Incarnation}", of.Transaction);
        yield return (transaction.BeganAt, $"{name} began");
        if (transaction.EndingAt > 0)
            yield return (transaction.EndingAt, $"{name} was asked to end");
        if (transaction.EndedAt > 0)
            yield return (transaction.EndedAt, $"{name} had ended: {transaction.Outcome.ToString().ToLowerInvariant()}");
    }

    /// <summary>Up to five steps before a time and the one at it, and five after it; the last ones when the time is not known.</summary>
    private static List<string>? Around(IEnumerable<(long At, string What)> steps, DateTimeOffset? at)
    {
        var ordered = steps.OrderBy(step => step.At).ToArray();
        var middle = at is { } time ? ordered.Count(step => RecordTime.ToTime(step.At) <= time) : ordered.Length;
        var around = ordered.Skip(Math.Max(0, middle - Reach - 1)).Take(Math.Min(middle, Reach + 1) + Reach);
        return around.Select(step => Line(step.At, step.What)).ToList() is { Count: > 0 } found ? found : null;
    }

    private static string Line(long at, string what) => $"{RecordTime.ToTime(at):HH:mm:ss.ffffff}: {what}";
}
