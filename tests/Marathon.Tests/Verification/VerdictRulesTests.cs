using Marathon.Scenarios.Toolkit;
using Marathon.Verification;

namespace Marathon.Tests.Verification;

public sealed class VerdictRulesTests
{
    private static readonly VerificationResult Fine = new(new RecordCounts(Sent: 1, Acked: 1, Received: 1), [], [], []);
    private static readonly VerificationResult Unseen = Fine with { Records = new RecordCounts(Sent: 1, Acked: 1, Unseen: 1) };
    private static readonly VerificationResult Gap = Fine with { Gaps = [new EvidenceGap("worker w0 never reported")] };

    [Fact]
    public void Decide_NothingWrong_Passes() => Assert.Equal(Verdict.Pass, VerdictRules.Decide(Fine, [], []).Verdict);

    [Fact]
    public void Decide_Precedence_IsViolationFaultIndeterminateSlo()
    {
        var slo = Failed(AssertionBlame.SloMiss);
        Assert.Equal(Verdict.SloMiss, VerdictRules.Decide(Fine, [slo], []).Verdict);
        Assert.Equal(Verdict.Indeterminate, VerdictRules.Decide(Unseen, [slo], []).Verdict);
        Assert.Equal(Verdict.Indeterminate, VerdictRules.Decide(Gap, [slo], []).Verdict);
        Assert.Equal(Verdict.HarnessFault, VerdictRules.Decide(Unseen, [slo], ["no workers"]).Verdict);
        Assert.Equal(Verdict.HarnessFault, VerdictRules.Decide(Unseen, [slo, Failed(AssertionBlame.HarnessFault)], []).Verdict);
        Assert.Equal(Verdict.HarnessFault, VerdictRules.Decide(null, [slo], []).Verdict);
        Assert.Equal(Verdict.Violation, VerdictRules.Decide(Unseen, [slo, Failed(AssertionBlame.Violation)], ["no workers"]).Verdict);
        Assert.Equal(Verdict.Violation, VerdictRules.Decide(With(PolicyEffect.Violation), [slo], ["no workers"]).Verdict);
        Assert.Equal(Verdict.Violation, VerdictRules.Decide(null, [Failed(AssertionBlame.Violation)], []).Verdict);
    }

    [Theory]
    [InlineData(PolicyEffect.Counted)]
    [InlineData(PolicyEffect.Allowed)]
    public void Decide_AnomalyThatThePolicyDoesNotForbid_Passes(PolicyEffect effect) =>
        Assert.Equal(Verdict.Pass, VerdictRules.Decide(With(effect), [], []).Verdict);

    [Fact]
    public void Decide_SkippedAssertion_IsNoFailure() =>
        Assert.Equal(Verdict.Pass, VerdictRules.Decide(Fine, [Failed(AssertionBlame.Violation) with { Observed = null }], []).Verdict);

    [Fact]
    public void Decide_IndeterminateRecords_DoNotChangeTheVerdict() =>
        Assert.Equal(Verdict.Pass, VerdictRules.Decide(Fine with { Records = new RecordCounts(Sent: 9, Indeterminate: 9) }, [], []).Verdict);

    private static VerificationResult With(PolicyEffect effect) =>
        Fine with { Anomalies = [new AnomalyFinding(AnomalyKind.Duplicate, 1, Severity.Error, effect, "because", [])] };

    private static AssertionResult Failed(AssertionBlame blame) =>
        new(new Assertion("a", new Condition(Measure.AckedPerSecond, Comparison.AtLeast, 5), "records/s", Blame: blame), 1);
}
