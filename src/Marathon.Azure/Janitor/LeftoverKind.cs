namespace Marathon.Azure.Janitor;

/// <summary>What was left behind.</summary>
public enum LeftoverKind
{
    /// <summary>A scale set with its machines.</summary>
    ScaleSet,

    /// <summary>A machine whose set is gone.</summary>
    Machine,

    /// <summary>A disk or network interface whose machine is gone.</summary>
    Part,

    /// <summary>A rule that blocks a machine.</summary>
    Rule,

    /// <summary>A run's token.</summary>
    Secret,

    /// <summary>Which machine lived which life.</summary>
    Claims,
}
