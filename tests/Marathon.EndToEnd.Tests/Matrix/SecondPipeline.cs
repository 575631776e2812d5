using Marathon.Workers.Load;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A pipeline that somebody has started twice, under another group and another transactional id: it transforms everything again.</summary>
internal sealed class SecondPipeline : Misbehaviour
{
    private const string Again = "-again";
    private const long FarOff = 500 * ProducerSpec.IncarnationsPerLife;
    private long written;

    public override long Committed => Volatile.Read(ref written);

    public override LoadSpec Change(LoadSpec spec) => !IsFirst()
        ? spec
        : spec with { Pipelines = [.. spec.Pipelines, .. spec.Pipelines.Select(Twin)] };

    public override void Look(LoadEvidence evidence)
    {
        foreach (var twin in evidence.Producers.Where(p => p.Name.EndsWith(Again, StringComparison.Ordinal)))
        {
            Volatile.Write(ref written, twin.Partitions.Sum(p => p.Acknowledged.Count));
        }
    }

    private static PipelineSpec Twin(PipelineSpec of) => of with
    {
        Name = of.Name + Again, Incarnation = of.Incarnation + FarOff, Group = of.Group + Again, TransactionalId = of.TransactionalId + Again,
    };
}
