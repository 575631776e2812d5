using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies;

/// <summary>A lie that the cluster tells: when it is due, and what it has done. Every broker of the cluster shares it.</summary>
internal abstract class Lie(LieSpec asked, LieContext context)
{
    private const int ExamplesKept = 20;

    /// <summary>Clients have found their places before the first telling.</summary>
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _sync = new();
    private readonly LieOptions _options = LieOptions.Of(asked);
    private readonly List<LieExample> _examples = [];
    private long? _nextAt;
    private long _promised;
    private long _committed;

    public string Kind => asked.Kind;

    public LieReport Report
    {
        get
        {
            lock (_sync)
                return new LieReport(Kind, asked.ToString(), _committed, [.. _examples]);
        }
    }

    protected Random Random { get; } = new(HashCode.Combine(context.Seed, StringComparer.Ordinal.GetHashCode(asked.Kind)));

    protected TimeProvider Time => context.Time;

    /// <summary>Share of the opportunities without a rate of its own; null tells it by time.</summary>
    protected virtual double? DefaultRate => null;

    /// <summary>Time between two tellings that are told by time, unless asked for otherwise.</summary>
    protected virtual TimeSpan DefaultEvery => TimeSpan.FromSeconds(1);

    /// <summary>Whether it is to be told now, of so many records.</summary>
    protected bool IsDue(int opportunities = 1)
    {
        lock (_sync)
        {
            if (opportunities < 1 || _promised >= _options.Max)
                return false;
            if ((_options.Rate ?? DefaultRate) is { } rate)
                return Random.NextDouble() < 1 - Math.Pow(1 - rate, opportunities);
            var now = Time.GetTimestamp();
            _nextAt ??= now + Ticks(FirstAfter);
            return now >= _nextAt;
        }
    }

    /// <summary>It is going to be told: the next one is a while off.</summary>
    protected void Promise()
    {
        lock (_sync)
        {
            _promised++;
            _nextAt = Time.GetTimestamp() + Ticks(_options.Every ?? DefaultEvery);
        }
    }

    /// <summary>It was told, of so many records at once.</summary>
    protected void Told(TopicPartition? where, long offset, string detail, long records = 1)
    {
        lock (_sync)
        {
            _committed += records;
            if (_examples.Count < ExamplesKept)
                _examples.Add(new LieExample(Time.GetUtcNow(), where?.Topic, where?.Partition, offset, detail));
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Time.TimestampFrequency);
}
