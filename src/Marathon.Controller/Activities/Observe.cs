using Marathon.Controller.Measures;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Observes a measure.</summary>
public sealed class Observe(IRunStore runs, RunMeasures measures) : Activity<ObserveRequest, Observation>
{
    /// <inheritdoc/>
    public override async Task<Observation> RunAsync(ActivityContext context, ObserveRequest input) =>
        await measures.ObserveAsync(await runs.GetAsync(input.RunId, CancellationToken.None), input.Measure, input.LivingOnly, CancellationToken.None);
}
