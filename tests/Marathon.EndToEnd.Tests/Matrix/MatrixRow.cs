using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;
using Marathon.Verification;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>What became of a case.</summary>
internal sealed record MatrixRow(string Kind, string By, long Committed, long Detected, string Outside, string Verdict, double Seconds, string? Problem)
{
    public static MatrixRow Of(MatrixCase one, Report report)
    {
        long committed = one.Misbehaviour?.Committed ?? report.Lies[0].Committed;
        AnomalyReport? found = report.Anomalies.FirstOrDefault(a => a.Kind == one.Kind);
        HashSet<string> allowed = [.. one.Also.Append(one.Kind).SelectMany(Consequences)];
        string outside = string.Join(", ", report.Anomalies.Where(a => !allowed.Contains(a.Kind)).Select(a => $"{a.Kind} {a.Count}"));
        string? problem = (committed, found) switch
        {
            (0, _) => "was never committed",
            (_, null) => "was not found",
            _ when found.Policy == "violation" && !found.Examples.Any(Examples.TellsWhatWasAround) => "has no example that tells what was around it",
            _ when one.IsCounted && committed != found.Count => "is not counted right",
            _ when outside != "" => "something outside its closure is reported",
            _ when found.CausedBy is { } root && !one.Also.Contains(root) => $"is reported as caused by {root}",
            _ when !one.Verdicts.Contains(report.Verdict) => $"deserves the verdict {string.Join(" or ", one.Verdicts)}",
            _ => null,
        };
        return new MatrixRow(
            one.Kind, one.By, committed, found?.Count ?? 0, outside, report.Verdict, (report.EndedAt - report.StartedAt).TotalSeconds,
            problem is null ? null : $"{problem}; {report.Reason}");
    }

    /// <summary>Nobody has a way to commit it.</summary>
    public static MatrixRow Empty(string kind) => new(kind, "", 0, 0, "", "", 0, "has no case");

    /// <summary>A kind and everything that it implies.</summary>
    public static IReadOnlySet<string> Consequences(string kind)
    {
        HashSet<AnomalyKind> reached = [];
        Queue<AnomalyKind> open = new([AnomalyCatalog.TryParse(kind, out var root) ? root : throw new ArgumentException($"no such kind: {kind}", nameof(kind))]);
        while (open.TryDequeue(out AnomalyKind next))
        {
            if (reached.Add(next))
            {
                AnomalyCatalog.Of(next).Implies.ToList().ForEach(open.Enqueue);
            }
        }

        return reached.Select(AnomalyCatalog.NameOf).ToHashSet();
    }
}
