namespace Marathon.Records;

/// <summary>A transfer between keys; the sum over all keys is conserved.</summary>
/// <param name="FromKeyId">Key that gives.</param>
/// <param name="ToKeyId">Key that gets.</param>
/// <param name="Amount">How much.</param>
public readonly record struct Transfer(int FromKeyId, int ToKeyId, long Amount);
