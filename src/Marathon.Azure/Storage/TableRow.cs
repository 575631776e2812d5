namespace Marathon.Azure.Storage;

/// <summary>A row of a <see cref="StorageTable"/>.</summary>
/// <param name="Key">Its key in the partition: letters, digits and <c>. : _ -</c>.</param>
/// <param name="Value">Text of half a million characters at most, perhaps empty.</param>
/// <param name="At">When it was written, by the writer's clock.</param>
public sealed record TableRow(string Key, string Value, DateTimeOffset At);
