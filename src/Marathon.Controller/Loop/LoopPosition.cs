namespace Marathon.Controller.Loop;

/// <summary>Where the loop stands: input of each generation of its orchestration.</summary>
/// <param name="Revision">The list that the rest speaks of; another one begins anew.</param>
/// <param name="Next">Place in the list whose turn it is, from 0.</param>
/// <param name="Since">When each entry's turn was last taken, or when the list began; UTC.</param>
/// <param name="NotBefore">When the pause after the last run ends, UTC.</param>
/// <param name="Paused">Whether no further run is started.</param>
/// <param name="Signals">How many signals were heard.</param>
public sealed record LoopPosition(
    int Revision, int Next, IReadOnlyList<DateTime> Since, DateTime? NotBefore = null, bool Paused = false, int Signals = 0)
{
    /// <summary>Before the first list was read.</summary>
    public static LoopPosition Start { get; } = new(0, 0, []);

    /// <summary>The position in a list: the same one, or the beginning of a new one.</summary>
    public LoopPosition On(LoopPlan plan, DateTime now) =>
        plan.Revision == Revision ? this : this with { Revision = plan.Revision, Next = 0, Since = [.. plan.Specs.Select(_ => now)] };

    /// <summary>The position after a turn.</summary>
    public LoopPosition After(int index, DateTime startedAt, DateTime notBefore) => this with
    {
        Next = (index + 1) % Since.Count,
        Since = [.. Since.Select((since, i) => i == index ? startedAt : since)],
        NotBefore = notBefore,
    };
}
