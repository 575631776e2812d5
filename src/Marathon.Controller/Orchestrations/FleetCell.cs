using Marathon.Controller.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>State of <see cref="FleetSupervisor"/>: the workers that it watches, and what it has dealt with.</summary>
public sealed record FleetCell(string RunId, int Attempt, int Cell, int Cells, RunSettings Settings)
{
    /// <summary>Workers that one orchestration watches, about.</summary>
    public const int Size = 50;

    /// <summary>Ids of the events applied so far.</summary>
    public IReadOnlyList<string> SeenEvents { get; init; } = [];

    /// <summary>Lives whose end the run has been told of, <c>worker/epoch</c>.</summary>
    public IReadOnlyList<string> Reported { get; init; } = [];

    /// <summary>How many cells watch a fleet.</summary>
    public static int CountFor(int workers) => Math.Max(1, (workers + Size - 1) / Size);

    /// <summary>Instance id of the orchestration that watches a cell.</summary>
    public static string InstanceId(string runId, int attempt, int cell) => $"{runId}-{attempt}-fleet-{cell}";

    /// <summary>Whether a worker is one of its own.</summary>
    public bool Watches(int workerIndex) => workerIndex % Cells == Cell;
}
