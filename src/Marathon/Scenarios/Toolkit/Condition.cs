namespace Marathon.Scenarios.Toolkit;

/// <summary>Something that may become so.</summary>
/// <param name="Measure">What is looked at.</param>
/// <param name="Comparison">Which side of the threshold it must reach.</param>
/// <param name="Threshold">The threshold, in the measure's unit.</param>
public sealed record Condition(Measure Measure, Comparison Comparison, double Threshold)
{
    /// <summary>Whether an observed value fulfils it.</summary>
    public bool HoldsFor(double observed) => Comparison == Comparison.AtLeast ? observed >= Threshold : observed <= Threshold;
}
