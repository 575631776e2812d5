using System.Globalization;
using Marathon.Controller.Runs;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Scenarios.Toolkit;
using Marathon.Verification;

namespace Marathon.Controller.Reports;

/// <summary>The verdict on a run and the sentence that explains it. Precedence: violation, harness-fault, indeterminate, slo-miss, pass.</summary>
internal static class VerdictOf
{
    public static (Verdict Verdict, string Reason) Decide(
        RunRecord run, RunOutcome outcome, string? reason, VerificationResult verification, IReadOnlyList<LieReport> lies)
    {
        List<(Verdict Verdict, string Why)> findings = [];
        findings.AddRange(verification.Anomalies
            .Where(a => a.Effect == PolicyEffect.Violation)
            .Select(a => (Verdict.Violation, $"{a.Count} × {Configuration.EnumText.Name(a.Kind)}")));
        findings.AddRange(run.Assertions.Where(a => a.Passed is false).Select(a => (Blame(run, a, verification.Records), Tell(a))));
        if (outcome == RunOutcome.Failed)
        {
            findings.Add((Verdict.HarnessFault, reason ?? "the run failed"));
        }

        findings.AddRange(lies.Where(l => l.Committed == 0).Select(l => (Verdict.HarnessFault, $"the lie '{l.Asked}' was asked for and never told")));
        if (run.VerificationTrouble is { } trouble)
        {
            findings.Add((Verdict.Indeterminate, trouble));
        }

        if (verification.Records.Unseen > 0)
        {
            findings.Add((Verdict.Indeterminate, $"{verification.Records.Unseen} acknowledged records were neither seen nor proven lost"));
        }

        findings.AddRange(verification.Gaps.Select(g => (Verdict.Indeterminate, g.Detail)));
        Verdict verdict = findings.Count == 0 ? Verdict.Pass : findings.Max(f => f.Verdict);
        string why = findings.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"all {verification.Records.Acked} acknowledged records were read, every promise was kept")
            : string.Join("; ", findings.Where(f => f.Verdict == verdict).Select(f => f.Why).Distinct().Take(5));
        return (verdict, outcome == RunOutcome.Interrupted ? $"interrupted: {reason}; until then {why}" : Also(why, outcome == RunOutcome.Failed ? reason : null));
    }

    private static string Also(string why, string? reason) => reason is null || why.Contains(reason, StringComparison.Ordinal) ? why : $"{why}; {reason}";

    // Too little load is the cluster's doing when it failed sends, or when it was being broken on purpose.
    private static Verdict Blame(RunRecord run, AssertionResult result, RecordCounts records) => result.Assertion.Blame switch
    {
        AssertionBlame.Violation => Verdict.Violation,
        AssertionBlame.HarnessFault when run.Faults.Count == 0 && records.Failed == 0 => Verdict.HarnessFault,
        _ => Verdict.SloMiss,
    };

    private static string Tell(AssertionResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Assertion.Name}: observed {result.Observed:0.###} {result.Assertion.Unit}, wanted {Configuration.EnumText.Name(result.Assertion.Condition.Comparison)} {result.Assertion.Condition.Threshold:0.###}");
}
