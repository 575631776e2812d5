using Marathon.Controller.Runs;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Scenarios.Toolkit;
using Marathon.Verification;

namespace Marathon.Controller.Reports;

/// <summary>Puts what a run has come to before the domain's rules.</summary>
internal static class VerdictOf
{
    /// <summary>The verdict on a run and the sentence that explains it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="reason">Why, unless it finished.</param>
    /// <param name="verification">What the evidence says; null when it could not be joined.</param>
    /// <param name="lies">The lies asked for.</param>
    public static (Verdict Verdict, string Reason) Decide(
        RunRecord run, RunOutcome outcome, string? reason, VerificationResult? verification, IReadOnlyList<LieReport> lies)
    {
        List<string> faults = outcome == RunOutcome.Failed ? [reason ?? "the run failed"] : [];
        faults.AddRange(lies.Where(l => l.Committed == 0).Select(l => $"the lie '{l.Asked}' was asked for and never told"));
        if (verification is null)
        {
            faults.Add(run.VerificationTrouble ?? "the evidence could not be joined");
        }
        else
        {
            IEnumerable<string> troubles = new[] { run.VerificationTrouble, run.EarlierTrouble }.OfType<string>();
            verification = verification with { Gaps = [.. verification.Gaps, .. troubles.Select(trouble => new EvidenceGap(trouble))] };
        }

        // Of an attempt that was given up only what nothing can take back counts: its load was cut short.
        IEnumerable<AssertionResult> assertions = run.Assertions.Where(a => a.Attempt >= run.Attempt || a.Assertion.Blame == AssertionBlame.Violation);

        bool clusterExplains = run.Faults.Count > 0 || verification?.Records.Failed > 0;
        (Verdict verdict, string why) = VerdictRules.Decide(verification, [.. assertions.Select(a => Blamed(a, clusterExplains))], faults);
        return (verdict, outcome switch
        {
            RunOutcome.Interrupted => $"{reason}; until then: {why}",
            RunOutcome.Failed when !why.Contains(reason ?? "", StringComparison.Ordinal) => $"{why}; {reason}",
            _ => why,
        });
    }

    // Too little load is the cluster's doing when it failed sends, or when it was being broken on purpose.
    private static AssertionResult Blamed(AssertionResult result, bool clusterExplains) =>
        clusterExplains && result.Assertion.Blame == AssertionBlame.HarnessFault
            ? result with { Assertion = result.Assertion with { Blame = AssertionBlame.SloMiss } }
            : result;
}
