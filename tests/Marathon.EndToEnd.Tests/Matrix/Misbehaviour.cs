using Marathon.Kafka;
using Marathon.Workers.Load;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>What clients of ours do wrong in a case, and how often they did. One per case, for all of its workers.</summary>
internal abstract class Misbehaviour
{
    private long committed;

    /// <summary>How often, in the unit in which the verifier counts the kind.</summary>
    public virtual long Committed => Volatile.Read(ref committed);

    /// <summary>What the worker is told to be instead.</summary>
    public virtual LoadSpec Change(LoadSpec spec) => spec;

    /// <summary>What is done beside the load, until producers stop.</summary>
    public virtual Task RunAsync(KafkaLoad load, CancellationToken ended) => Task.CompletedTask;

    /// <summary>What a worker's clients know.</summary>
    public virtual void Look(LoadEvidence evidence)
    {
    }

    protected void Commit(long times = 1) => Interlocked.Add(ref committed, times);

    /// <summary>Whether the caller is the first: most misbehaviours need one client only.</summary>
    protected bool IsFirst() => Interlocked.Exchange(ref taken, 1) == 0;

    private int taken;
}
