using Marathon.Verification;

namespace Marathon.Controller.Reports;

/// <summary>Adds up the attempts of a run.</summary>
internal static class VerificationSum
{
    /// <summary>Of no records.</summary>
    public static VerificationResult Nothing { get; } = new(new RecordCounts(), [], [], []);

    /// <summary>The sum; an anomaly that both have is counted once with both counts.</summary>
    public static VerificationResult Add(VerificationResult a, VerificationResult b) => new(
        Add(a.Records, b.Records),
        [.. a.Anomalies.Concat(b.Anomalies).GroupBy(f => (f.Kind, f.Effect, f.CausedBy)).Select(same => same.First() with
        {
            Count = same.Sum(f => f.Count),
            Examples = [.. same.SelectMany(f => f.Examples).Take(AnomalyCatalog.ExamplesOf(same.Key.Kind))],
        })],
        [.. a.Rereads, .. b.Rereads],
        [.. a.Gaps, .. b.Gaps]);

    private static RecordCounts Add(RecordCounts a, RecordCounts b) => new(
        a.Sent + b.Sent,
        a.Acked + b.Acked,
        a.Failed + b.Failed,
        a.Indeterminate + b.Indeterminate,
        a.Received + b.Received,
        a.Unseen + b.Unseen,
        a.Lost + b.Lost,
        a.IndeterminateSeen + b.IndeterminateSeen,
        a.Rereads + b.Rereads);
}
