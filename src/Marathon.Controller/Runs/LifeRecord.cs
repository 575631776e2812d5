namespace Marathon.Controller.Runs;

/// <summary>One life of a worker, as the run remembers it.</summary>
public sealed record LifeRecord
{
    /// <summary>The worker's id, stable across replacements.</summary>
    public required string Worker { get; init; }

    /// <summary>Its place in the fleet, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Which life, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The attempt that it belongs to.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Process id, once known.</summary>
    public int? Pid { get; init; }

    /// <summary>host:port, once registered.</summary>
    public string? Node { get; init; }

    /// <summary>The epoch that it took over from; null for the first life of an attempt.</summary>
    public int? Replaces { get; init; }

    /// <summary>It came with a larger fleet, when the others had their clients already.</summary>
    public bool Added { get; init; }

    /// <summary>It goes because the fleet is made smaller.</summary>
    public bool Released { get; init; }

    /// <summary>It has its clients: commands to the fleet go to it too.</summary>
    public bool LoadGiven { get; init; }

    /// <summary>As one that came later: it does what the rest of the fleet does.</summary>
    public bool Joined { get; init; }

    /// <summary>It announced that it was told to go.</summary>
    public bool Draining { get; init; }

    /// <summary>It came when the others had their clients already, and is brought up by the fleet's supervisor.</summary>
    public bool CameLater => Replaces is not null || Added;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public WorkerEnd? End { get; init; }

    /// <summary>More about the end, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>The epoch that took over.</summary>
    public int? ReplacedBy { get; init; }

    /// <summary>Names it in a sentence: <c>worker w1 (pid 123)</c>.</summary>
    public override string ToString() => Pid is { } pid ? $"worker {Worker} (pid {pid})" : $"worker {Worker}";
}
