using System.Collections.Concurrent;
using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Lets a producer go on whose transactional id somebody else has taken over, with the transaction that it had open.</summary>
internal sealed class ZombieNotFenced(LieSpec asked, LieContext context) : Lie(asked, context)
{
    // One that was let through once is let through to its commit: half a lie would be another one.
    private readonly ConcurrentDictionary<(long ProducerId, short Epoch), bool> _spared = new();

    protected override double? DefaultRate => 1;

    /// <summary>A producer of an older epoch wants to do something in a transaction, or is about to become one.</summary>
    public bool LetsThrough(long producerId, short epoch) => _spared.ContainsKey((producerId, epoch)) || (IsDue() && _spared.TryAdd((producerId, epoch), true));

    /// <summary>It has committed.</summary>
    public void Committed(string transactionalId, long producerId, short epoch, short current)
    {
        Promise();
        _spared.TryRemove((producerId, epoch), out _);
        Told(null, -1, $"'{transactionalId}' has epoch {current}, and a producer of epoch {epoch} committed");
    }
}
