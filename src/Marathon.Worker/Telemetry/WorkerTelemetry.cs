using System.Diagnostics;

namespace Marathon.Worker.Telemetry;

/// <summary>Sources of the worker's telemetry.</summary>
public static class WorkerTelemetry
{
    /// <summary>Name of its activity source and meter.</summary>
    public const string Name = "Marathon.Worker";

    /// <summary>Its activities.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>
    /// Makes activities exist, and so trace context travel on every request, also where nobody exports them.
    /// </summary>
    public static ActivityListener Propagate()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
