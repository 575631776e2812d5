namespace Marathon.Verification;

/// <summary>Something that the evidence cannot tell, so that the verdict is at best indeterminate.</summary>
/// <param name="Detail">What is not known, and why.</param>
/// <param name="Topic">The topic; null when it is about more.</param>
/// <param name="Partition">The partition; null when it is about more.</param>
public sealed record EvidenceGap(string Detail, string? Topic = null, int? Partition = null);
