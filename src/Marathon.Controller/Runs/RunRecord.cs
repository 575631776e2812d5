using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Faults;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Runs;

/// <summary>What the controller knows of a run. Kept outside the orchestrations, so a report can be made after a crash at any point.</summary>
public sealed record RunRecord
{
    /// <summary>The run; also the instance id of its orchestration.</summary>
    public required string RunId { get; init; }

    /// <summary>What it was asked to be, its seed filled in.</summary>
    public required RunSpec Spec { get; init; }

    /// <summary>Its time limits.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The orchestration that runs it as its own; null when it was asked for singly.</summary>
    public string? StartedBy { get; init; }

    /// <summary>The cluster, once provisioned; it stays after the release.</summary>
    public ClusterDescription? Cluster { get; init; }

    /// <summary>The protocol in force; null when not known.</summary>
    public ProtocolReport? Protocol { get; init; }

    /// <summary>Whether the cluster is held now.</summary>
    public bool ClusterHeld { get; init; }

    /// <summary>Topics made for the run.</summary>
    public IReadOnlyList<TopicRecord> Topics { get; init; } = [];

    /// <summary>What the fleet is asked to do now.</summary>
    public LoadState Load { get; init; } = new();

    /// <summary>What kept the verification from being complete; null when nothing did.</summary>
    public string? VerificationTrouble { get; init; }

    /// <summary>Attempts, in order.</summary>
    public IReadOnlyList<AttemptReport> Attempts { get; init; } = [];

    /// <summary>Stages, in order of their begin.</summary>
    public IReadOnlyList<StageReport> Stages { get; init; } = [];

    /// <summary>Every life of every worker.</summary>
    public IReadOnlyList<LifeRecord> Workers { get; init; } = [];

    /// <summary>What the machines of each attempt cost, by its number, where that is known.</summary>
    public IReadOnlyDictionary<int, FleetCost> Costs { get; init; } = new Dictionary<int, FleetCost>();

    /// <summary>What was broken on purpose.</summary>
    public IReadOnlyList<FaultRecord> Faults { get; init; } = [];

    /// <summary>By topic, the broker that was last seen to lead each partition, -1 where none did.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Leaders { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Changes of leaders, in order.</summary>
    public IReadOnlyList<LeadershipReport> Leadership { get; init; } = [];

    /// <summary>What was asserted.</summary>
    public IReadOnlyList<AssertionResult> Assertions { get; init; } = [];

    /// <summary>The workload stage as rates see it; null before it begins.</summary>
    public MeasuredWindow? Window { get; init; }

    /// <summary>How often each lie was told, by kind.</summary>
    public IReadOnlyDictionary<string, long> CommittedLies { get; init; } = new Dictionary<string, long>();

    /// <summary>What kept the verification of earlier attempts from being complete; null when nothing did.</summary>
    public string? EarlierTrouble { get; init; }

    /// <summary>How often each lie was told in earlier attempts, by kind.</summary>
    public IReadOnlyDictionary<string, long> EarlierLies { get; init; } = new Dictionary<string, long>();

    /// <summary>How it ended; null while it has not.</summary>
    public RunEnd? End { get; init; }

    /// <summary>How many workers there are to be now.</summary>
    public int DesiredWorkers => Load.Workers ?? Spec.Workers;

    /// <summary>The attempt under way, from 1; 0 before the first.</summary>
    public int Attempt => Attempts.Count;

    /// <summary>The topic of the attempt under way that producers write to.</summary>
    public TopicRecord? Topic => CurrentTopics().FirstOrDefault();

    /// <summary>The topics of the attempt under way: the one that producers write to, then the one that pipelines write to.</summary>
    public IEnumerable<TopicRecord> CurrentTopics() => Topics.Where(t => t.Attempt == Attempt);

    /// <summary>The lives of the attempt under way that have not ended.</summary>
    public IEnumerable<LifeRecord> Living() => Workers.Where(w => w.Attempt == Attempt && w.EndedAt is null);

    /// <summary>The newest life of a worker.</summary>
    public LifeRecord? LifeOf(string worker) => Workers.LastOrDefault(w => w.Worker == worker);

    /// <summary>A life of a worker.</summary>
    public LifeRecord? LifeOf(string worker, int epoch) => Workers.LastOrDefault(w => w.Worker == worker && w.Epoch == epoch);

    /// <summary>The record with one life added, or replaced.</summary>
    public RunRecord With(LifeRecord life) =>
        this with { Workers = Upsert(Workers, life, w => w.Worker == life.Worker && w.Epoch == life.Epoch) };

    /// <summary>The record with one stage added, or replaced.</summary>
    public RunRecord With(StageReport stage) =>
        this with { Stages = Upsert(Stages, stage, s => s.Attempt == stage.Attempt && s.Name == stage.Name) };

    /// <summary>The record with one attempt added, or replaced.</summary>
    public RunRecord With(AttemptReport attempt) => this with { Attempts = Upsert(Attempts, attempt, a => a.Number == attempt.Number) };

    /// <summary>The record with one fault added, or replaced.</summary>
    public RunRecord With(FaultRecord fault) => this with { Faults = Upsert(Faults, fault, f => f.Id == fault.Id) };

    /// <summary>The record with one topic added, or replaced.</summary>
    public RunRecord With(TopicRecord topic) =>
        this with { Topics = Upsert(Topics, topic, t => t.Name == topic.Name && t.Attempt == topic.Attempt) };

    /// <summary>The record with one assertion added, or replaced.</summary>
    public RunRecord With(AssertionResult result) =>
        this with { Assertions = Upsert(Assertions, result, a => a.Assertion.Name == result.Assertion.Name && a.Attempt == result.Attempt) };

    /// <summary>The record with another attempt begun: what the earlier ones came to stays.</summary>
    public RunRecord Begin(AttemptReport attempt) => With(attempt) with
    {
        Load = new(),
        Window = null,
        EarlierTrouble = VerificationTrouble is null ? EarlierTrouble : $"{(EarlierTrouble is null ? "" : EarlierTrouble + "; ")}attempt {Attempt}: {VerificationTrouble}",
        VerificationTrouble = null,
        EarlierLies = EarlierLies.Concat(CommittedLies).GroupBy(l => l.Key).ToDictionary(l => l.Key, l => l.Sum(told => told.Value)),
        CommittedLies = new Dictionary<string, long>(),
    };

    /// <summary>The lives of the attempt under way, those that have ended included.</summary>
    public HashSet<(string Worker, int Epoch)> LivesOfAttempt() => [.. Workers.Where(w => w.Attempt == Attempt).Select(w => (w.Worker, w.Epoch))];

    /// <summary>How often a lie was told, in all attempts together.</summary>
    public long LiesTold(string kind) => CommittedLies.GetValueOrDefault(kind) + EarlierLies.GetValueOrDefault(kind);

    private static List<T> Upsert<T>(IReadOnlyList<T> items, T item, Predicate<T> same)
    {
        List<T> list = [.. items];
        int at = list.FindIndex(same);
        if (at < 0)
        {
            list.Add(item);
        }
        else
        {
            list[at] = item;
        }

        return list;
    }
}
