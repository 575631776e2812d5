using Marathon.Scenarios.Toolkit;

namespace Marathon.Verification;

/// <summary>From what was found to the verdict. Precedence: violation, harness-fault, indeterminate, slo-miss, pass.</summary>
public static class VerdictRules
{
    /// <summary>A pure function.</summary>
    /// <param name="result">What the evidence says; null when it never came to that, which is a fault of ours.</param>
    /// <param name="assertions">What was asserted.</param>
    /// <param name="faults">What broke on our side, a sentence each: no workers, an error, a lie that was never told.</param>
    /// <returns>The verdict and why, in a sentence.</returns>
    public static (Verdict Verdict, string Reason) Decide(
        VerificationResult? result, IReadOnlyList<AssertionResult> assertions, IReadOnlyList<string> faults)
    {
        if (result?.Anomalies.FirstOrDefault(finding => finding.Effect == PolicyEffect.Violation) is { } anomaly)
            return (Verdict.Violation, $"{AnomalyCatalog.NameOf(anomaly.Kind)}, {anomaly.Count} times: {anomaly.Why}");
        if (Failed(assertions, AssertionBlame.Violation) is { } broken)
            return (Verdict.Violation, Describe(broken));
        if (faults.Count > 0)
            return (Verdict.HarnessFault, faults[0]);
        if (Failed(assertions, AssertionBlame.HarnessFault) is { } ours)
            return (Verdict.HarnessFault, Describe(ours));
        if (result is null)
            return (Verdict.HarnessFault, "there is no evidence of any record");
        if (result.Records.Unseen > 0)
            return (Verdict.Indeterminate, $"{result.Records.Unseen} acknowledged records were neither read nor proven lost");
        if (result.Gaps.Count > 0)
            return (Verdict.Indeterminate, $"the evidence has a gap: {result.Gaps[0].Detail}");
        if (Failed(assertions, AssertionBlame.SloMiss) is { } missed)
            return (Verdict.SloMiss, Describe(missed));

        return (Verdict.Pass, $"every one of {result.Records.Acked} acknowledged records was read, and no promise was broken");
    }

    private static AssertionResult? Failed(IReadOnlyList<AssertionResult> assertions, AssertionBlame blame) =>
        assertions.FirstOrDefault(result => result.Passed == false && result.Assertion.Blame == blame);

    private static string Describe(AssertionResult result) =>
        FormattableString.Invariant($"{result.Assertion.Name} is {result.Observed} {result.Assertion.Unit}, which fails its condition");
}
