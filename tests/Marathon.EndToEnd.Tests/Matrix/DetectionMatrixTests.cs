using System.Collections.Concurrent;
using Marathon.Verification;
using Xunit.Abstractions;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>
/// A checker that never caught a lying broker proves nothing: every kind of anomaly is committed, by the broker that lies or by
/// clients of ours that misbehave, and must be found, counted right where it can be counted, and nothing else beside it.
/// </summary>
[Collection(nameof(DetectionMatrixTests))]
[CollectionDefinition(nameof(DetectionMatrixTests), DisableParallelization = true)]
public sealed class DetectionMatrixTests(ITestOutputHelper output)
{
    private const int RunsAtOnce = 5;
    private const int LongerAtMost = 4;

    [Fact]
    public async Task EveryKind_IsCommittedAndFound_AndNothingElseIsReported()
    {
        string[] kinds = Asked();
        MatrixCase[] cases = [.. MatrixCases.All().Where(one => kinds.Contains(one.Kind))];
        ConcurrentBag<MatrixRow> done = [];
        await using (MatrixHost host = await MatrixHost.StartAsync())
        {
            // The longest first, for the others fit in beside them.
            await Parallel.ForEachAsync(
                cases.OrderByDescending(one => one.Seconds),
                new ParallelOptions { MaxDegreeOfParallelism = RunsAtOnce },
                async (one, _) => done.Add(await RunAsync(host, one)));
        }

        MatrixRow[] rows =
        [
            .. kinds.SelectMany(kind => done.Where(row => row.Kind == kind).OrderBy(row => row.By, StringComparer.Ordinal).DefaultIfEmpty(MatrixRow.Empty(kind))),
        ];
        string table = MatrixTable.Render(rows);
        output.WriteLine(table);
        await Console.Out.WriteLineAsync($"\n{table}");
        if (kinds.Length == AnomalyCatalog.All.Count)
        {
            await File.WriteAllTextAsync(Path.Combine(ArtifactsFolder(), "detection-matrix.md"), $"# Detection matrix\n\n{table}");
        }

        Assert.True(rows.All(row => row.Problem is null), table);
    }

    /// <summary>A broker that found no occasion to lie, for the machine had no time, proves nothing either way: it is given longer.</summary>
    private static async Task<MatrixRow> RunAsync(MatrixHost host, MatrixCase one)
    {
        MatrixRow row = MatrixRow.Of(one, await host.RunAsync(one));
        for (int longer = 2; row is { Committed: 0 } && one.Misbehaviour is null && longer <= LongerAtMost; longer *= 2)
        {
            row = MatrixRow.Of(one, await host.RunAsync(one with { Seconds = longer * one.Seconds }));
        }

        return row;
    }

    /// <summary>All kinds, or those that <c>MARATHON_MATRIX</c> names with commas between.</summary>
    private static string[] Asked()
    {
        string[] all = [.. AnomalyCatalog.All.Select(definition => AnomalyCatalog.NameOf(definition.Kind))];
        return Environment.GetEnvironmentVariable("MARATHON_MATRIX") is { Length: > 0 } some
            ? [.. all.Intersect(some.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
            : all;
    }

    private static string ArtifactsFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && Path.GetFileName(folder) != "artifacts")
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? AppContext.BaseDirectory;
    }
}
