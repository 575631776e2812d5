using Marathon.Controller.Fleets;

namespace Marathon.Azure.Claims;

/// <summary>One life of a worker, and the machine that lives it.</summary>
/// <param name="Of">Worker and epoch.</param>
/// <param name="Machine">The platform's name of the machine; null while none has claimed it.</param>
/// <param name="ClaimedAt">Since when.</param>
/// <param name="EndedAt">When it was ended, or a later life of the worker was offered; null while neither has happened.</param>
/// <param name="OfferedAt">When it was offered.</param>
public sealed record Life(WorkerLife Of, string? Machine, DateTimeOffset? ClaimedAt, DateTimeOffset? EndedAt, DateTimeOffset OfferedAt)
{
    /// <summary>It is over.</summary>
    public bool Ended => EndedAt is not null;
}
