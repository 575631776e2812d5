namespace Marathon.Verification;

/// <summary>What a sequence was to those already there.</summary>
internal enum RunAddition
{
    /// <summary>Higher than all of them.</summary>
    Above,

    /// <summary>New, and lower than one that was there.</summary>
    Late,

    /// <summary>There already.</summary>
    Duplicate,

    /// <summary>Late or duplicate: its place is in a run that no longer remembers which sequences it lacks.</summary>
    Doubtful,
}
