using Marathon.Cli.Lies;
using Marathon.Verification;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>
/// Which lies the detection matrix tells: a few of different sorts, or those that <c>MARATHON_LIES</c> names (<c>all</c>, or kinds
/// with commas between), for each takes a run.
/// </summary>
public static class Lies
{
    private static readonly string[] s_few = ["lost-acked-write", "duplicate", "corrupt"];

    public static TheoryData<string> Kinds() => [.. Environment.GetEnvironmentVariable("MARATHON_LIES") switch
    {
        null or "" => s_few,
        "all" => LieCatalog.All.Select(lie => lie.Kind),
        var some => some.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    }];

    /// <summary>What may be reported when a kind was committed: itself, what it implies, and what implies it.</summary>
    public static IReadOnlySet<string> Closure(string kind)
    {
        if (!AnomalyCatalog.TryParse(kind, out var root))
            throw new ArgumentException($"no such kind: {kind}", nameof(kind));
        return Reach(root, each => AnomalyCatalog.Of(each).Implies)
            .Union(Reach(root, each => AnomalyCatalog.All.Where(other => other.Implies.Contains(each)).Select(other => other.Kind)))
            .Select(AnomalyCatalog.NameOf).ToHashSet();
    }

    private static HashSet<AnomalyKind> Reach(AnomalyKind from, Func<AnomalyKind, IEnumerable<AnomalyKind>> next)
    {
        HashSet<AnomalyKind> reached = [from];
        for (var grew = true; grew;)
            grew = reached.SelectMany(next).ToArray().Aggregate(false, (any, each) => reached.Add(each) || any);
        return reached;
    }
}
