using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Lets a producer go on whose transactional id somebody else has taken over.</summary>
internal sealed class ZombieNotFenced(LieSpec asked, LieContext context) : Lie(asked, context)
{
    protected override double? DefaultRate => 1;

    /// <summary>A producer of an older epoch wants to do something in a transaction.</summary>
    public bool LetsThrough() => IsDue();

    /// <summary>It has committed.</summary>
    public void Committed(string transactionalId, short epoch, short current)
    {
        Promise();
        Told(null, -1, $"'{transactionalId}' has epoch {current}, and a producer of epoch {epoch} committed");
    }
}
