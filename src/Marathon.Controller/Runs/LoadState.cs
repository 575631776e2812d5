using Marathon.Configuration;

namespace Marathon.Controller.Runs;

/// <summary>What the fleet is asked to do, so that a worker that joins later does the same.</summary>
/// <param name="Phase">How far the load is.</param>
/// <param name="Rate">Offered load, all workers together; null is what the configuration says.</param>
/// <param name="Paused">The run is paused: rate 0 until it goes on.</param>
/// <param name="ConsumptionPaused">Consumers stand still.</param>
/// <param name="Measuring">The workload stage has begun.</param>
/// <param name="Workers">How many workers there are to be; null is what the spec says.</param>
public sealed record LoadState(
    LoadPhase Phase = LoadPhase.None, Rate? Rate = null, bool Paused = false, bool ConsumptionPaused = false, bool Measuring = false, int? Workers = null);
