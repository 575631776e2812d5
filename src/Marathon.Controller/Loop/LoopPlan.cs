using Marathon.Runs;

namespace Marathon.Controller.Loop;

/// <summary>The list of runs that the loop makes.</summary>
/// <param name="Revision">Grows with each new list; 0 before the first.</param>
/// <param name="Specs">The runs, in order.</param>
public sealed record LoopPlan(int Revision, IReadOnlyList<RunSpec> Specs);
