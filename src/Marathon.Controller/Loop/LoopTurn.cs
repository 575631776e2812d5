using Marathon.Runs;

namespace Marathon.Controller.Loop;

/// <summary>The run that comes next.</summary>
/// <param name="Index">Place in the list, from 0.</param>
/// <param name="Spec">What it is asked to be.</param>
/// <param name="Policy">How the loop treats it.</param>
/// <param name="DueAt">When it may begin, UTC.</param>
internal sealed record LoopTurn(int Index, RunSpec Spec, LoopPolicy Policy, DateTime DueAt);
