using System.Globalization;

namespace Marathon.Benchmarks.Scale;

/// <summary>What a week of one fleet came to.</summary>
internal sealed record WeekCost(int Workers)
{
    public required int Cells { get; init; }

    public required int Lives { get; init; }

    public required string Outcome { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan Processors { get; init; }

    /// <summary>Events raised for one life: on the average, and the most.</summary>
    public required (double Average, int Most) EventsPerLife { get; init; }

    public required int LongestHistory { get; init; }

    /// <summary>How long one replay of that history takes.</summary>
    public required TimeSpan Replay { get; init; }

    /// <summary>Rows of the database inserted, changed or deleted.</summary>
    public required long Rows { get; init; }

    public required long DatabaseBytes { get; init; }

    public static string Header => """
        | workers | cells | lives | outcome | elapsed s | processors s | events a life, average / most | longest history | its replay ms | rows written | rows / s of processors | database MiB | managed memory MiB |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Workers} | {Cells} | {Lives} | {Outcome} | {Elapsed.TotalSeconds:F1} | {Processors.TotalSeconds:F1} | {EventsPerLife.Average:F1} / {EventsPerLife.Most} | {LongestHistory} | {Replay.TotalMilliseconds:F1} | {Rows} | {Rows / Processors.TotalSeconds:F0} | {DatabaseBytes / 1048576.0:F1} | {GC.GetTotalMemory(true) / 1048576.0:F0} |");
}
