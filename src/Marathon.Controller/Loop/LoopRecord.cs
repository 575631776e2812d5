namespace Marathon.Controller.Loop;

/// <summary>What the controller knows of the loop, kept outside its orchestration: the list, and what came of the last runs.</summary>
public sealed record LoopRecord(LoopPlan Plan, IReadOnlyList<LoopVerdict> History)
{
    /// <summary>Verdicts that are kept.</summary>
    public const int MaxHistory = 100;

    /// <summary>Before anything was set.</summary>
    public static LoopRecord Empty { get; } = new(new LoopPlan(0, []), []);

    /// <summary>The record with one more verdict; the same run again changes nothing.</summary>
    public LoopRecord With(LoopVerdict verdict) => History.Any(known => known.RunId == verdict.RunId)
        ? this
        : this with { History = [.. History.Append(verdict).TakeLast(MaxHistory)] };
}
