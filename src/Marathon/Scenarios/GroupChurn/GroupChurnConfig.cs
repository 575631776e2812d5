using Marathon.Configuration;
using Marathon.Workers.Load;

namespace Marathon.Scenarios.GroupChurn;

/// <summary>Keys of group-churn beside those of every load.</summary>
public sealed record GroupChurnConfig : WorkloadConfig
{
    // Each change costs the workload's history some rows, of which it is to have fewer than a thousand.
    private const int ChangesAtMost = 25;

    /// <summary>Consumers get their partitions by the group protocol: without it nothing would churn.</summary>
    public GroupChurnConfig() => Assignment = Assignment.Subscribe;

    /// <summary>Workers that come and go.</summary>
    [ConfigKey("churn.workers", "Workers that come to those of the spec, and go again", Unit = "workers", Minimum = 1, Maximum = 500)]
    public int ChurnWorkers { get; set; } = 2;

    /// <summary>Time between two changes of the fleet's size.</summary>
    [ConfigKey("churn.every", "Load between two changes of the fleet's size", Minimum = 1, Maximum = 86_400)]
    public TimeSpan ChurnEvery { get; set; } = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public override IEnumerable<SpecError> Contradictions()
    {
        foreach (SpecError error in base.Contradictions())
        {
            yield return error;
        }

        if (Assignment != Assignment.Subscribe)
        {
            yield return new SpecError("config.assignment", "partitions that are dealt out do not move when workers come and go", "leave assignment=subscribe");
        }

        if (Duration / ChurnEvery > ChangesAtMost)
        {
            yield return new SpecError("config.churn.every", $"it asks for more than {ChangesAtMost} changes of the fleet within duration", "raise it, or shorten duration");
        }
    }
}
