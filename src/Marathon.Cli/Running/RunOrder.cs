using Marathon.Cli.Specs;
using Marathon.Runs;

namespace Marathon.Cli.Running;

/// <summary>What <c>marathon run</c> was asked to do.</summary>
internal sealed record RunOrder
{
    /// <summary>The runs, in order; empty when an existing one is attached to.</summary>
    public required IReadOnlyList<SpecEntry> Entries { get; init; }

    /// <summary>The run to go on with; null starts new ones.</summary>
    public string? Attach { get; init; }

    /// <summary>Where reports go beside the data folder.</summary>
    public ReportFolder? Report { get; init; }

    /// <summary>Whether stdout is the report as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>What was switched on for lies.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether reports go to folders of their own, and stdout is an array.</summary>
    public bool IsSeveral => Entries.Count > 1;

    /// <summary>A spec that came from no file.</summary>
    public static SpecEntry Entry(RunSpec spec) => new(spec, "", new Dictionary<string, long>());
}
