namespace Marathon.Azure.Tests.Fakes;

/// <summary>Time that passes when it is told to.</summary>
public sealed class VirtualClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
