namespace Marathon.Testbed.Lies;

/// <summary>What a lie is made with.</summary>
internal sealed record LieContext(long Seed, TimeProvider Time);
