namespace Marathon.Controller.Fleets;

/// <summary>How far a <see cref="FleetOperation"/> is.</summary>
public enum FleetOperationState
{
    /// <summary>Under way: poll it.</summary>
    Running,

    /// <summary>The platform has done what it was asked for.</summary>
    Succeeded,

    /// <summary>The platform will not do it, whatever else was tried; the same call later may.</summary>
    Failed,
}
