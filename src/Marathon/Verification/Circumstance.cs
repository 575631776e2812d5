namespace Marathon.Verification;

/// <summary>What is known of an anomaly beside its kind, where the policy asks for it.</summary>
public enum Circumstance
{
    /// <summary>Nothing more.</summary>
    None,

    /// <summary>The cluster says that the records are there, answers, and gives them to nobody.</summary>
    Withheld,
}
