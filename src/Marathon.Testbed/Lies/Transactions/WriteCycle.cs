using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>
/// For a moment gives read_committed consumers, all of them, the records of transactions that are open at once: whoever has read them
/// and then commits has read what the others wrote, and they what it wrote. Counted in such moments: each makes one cycle, unless
/// a transaction lasts from one to the next.
/// </summary>
internal sealed class WriteCycle(LieSpec asked, LieContext context) : OpenTransactionLeak(asked, context)
{
    /// <summary>Long enough for every consumer to ask once or twice.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly HashSet<OpenTransactionName> _given = [];
    private bool _isAhead;
    private long? _since;

    public override int LeastOpen => 2;

    protected override TimeSpan DefaultEvery => TimeSpan.FromSeconds(3);

    public override bool WantsTo()
    {
        lock (_given)
            return IsMoment || (_isAhead |= IsDue());
    }

    public override void Gave(TopicPartition partition, long lastStableOffset, IEnumerable<OpenTransactionName> transactions)
    {
        lock (_given)
        {
            // What was asked for in a moment and is answered after it belongs to it.
            if (_isAhead)
            {
                Promise();
                (_isAhead, _since) = (false, Time.GetTimestamp());
                _given.Clear();
            }

            var alone = _given.Count < LeastOpen;
            _given.UnionWith(transactions);
            if (alone && _given.Count >= LeastOpen)
                Told(partition, lastStableOffset, $"read_committed consumers may read up to here, and were given {_given.Count} transactions that are open");
        }
    }

    private bool IsMoment => _since is { } since && Time.GetElapsedTime(since) < Moment;
}
