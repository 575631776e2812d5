namespace Marathon.Worker.Controller;

/// <summary>What became of a message to the controller.</summary>
public enum ReplyKind
{
    /// <summary>Taken.</summary>
    Accepted,

    /// <summary>410: another life of this worker has taken over.</summary>
    Replaced,

    /// <summary>Refused for a reason that the same message will meet again.</summary>
    Refused,

    /// <summary>Nobody answered, or not now: the same message may be taken later.</summary>
    Unanswered,
}
