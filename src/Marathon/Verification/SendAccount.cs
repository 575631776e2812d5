namespace Marathon.Verification;

/// <summary>What became of the records of one incarnation in one partition, as far as they were sent.</summary>
internal sealed class SendAccount
{
    public SendAccount(ProducerPartitionEvidence evidence, bool settled, Sightings? seen)
    {
        Evidence = evidence;
        Sure = seen?.Sure ?? Intervals.Empty;
        Unsure = seen?.Unsure ?? Intervals.Empty;
        var committed = seen?.Committed ?? Intervals.Empty;
        Sent = settled ? evidence.Next : Math.Max(evidence.Next, Math.Max(Sure.Highest, Unsure.Highest) + 1);

        var resolved = evidence.Acknowledged.Union(evidence.Failed).Union(evidence.Indeterminate).Union(evidence.Aborted);
        InFlight = Intervals.Of(0, Sent).Except(resolved);
        Phantoms = Sure.Within(Sent, long.MaxValue);
        FailedVisible = evidence.Failed.Intersect(Sure);
        AbortedVisible = evidence.Aborted.Intersect(committed);
        IndeterminateSeen = evidence.Indeterminate.Union(InFlight).Intersect(Sure).Count;
        Missing = evidence.Acknowledged.Except(Sure).Except(Unsure);

        // What a bound has blurred may lack acknowledged records, unless others account for all that it lacks.
        var unsureAcked = evidence.Acknowledged.Intersect(Unsure).Count;
        BlurredMissing = Math.Clamp((seen?.Missing ?? 0) - (Unsure.Count - unsureAcked), 0, unsureAcked);
        Received = evidence.Acknowledged.Count - Missing.Count - BlurredMissing;
    }

    public ProducerPartitionEvidence Evidence { get; }

    public Intervals Sure { get; }

    public Intervals Unsure { get; }

    public long Sent { get; }

    /// <summary>Sent and without an outcome: indeterminate.</summary>
    public Intervals InFlight { get; }

    /// <summary>Beyond what a settled incarnation ever sent.</summary>
    public Intervals Phantoms { get; }

    public Intervals FailedVisible { get; }

    public Intervals AbortedVisible { get; }

    public long IndeterminateSeen { get; }

    /// <summary>Acknowledged and read by nobody.</summary>
    public Intervals Missing { get; }

    public long BlurredMissing { get; }

    public long Received { get; }

    public long Acked => Evidence.Acknowledged.Count;

    public long Failed => Evidence.Failed.Count + Evidence.Aborted.Count;

    public long Indeterminate => Evidence.Indeterminate.Count + InFlight.Count;

    /// <summary>Whether a sequence has two outcomes: a fault of ours.</summary>
    public bool ContradictsItself =>
        Acked + Failed + Evidence.Indeterminate.Count
        != Evidence.Acknowledged.Union(Evidence.Failed).Union(Evidence.Indeterminate).Union(Evidence.Aborted).Within(0, Evidence.Next).Count;
}
