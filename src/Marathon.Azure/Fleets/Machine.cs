namespace Marathon.Azure.Fleets;

/// <summary>A virtual machine of a fleet.</summary>
/// <param name="Name">The platform's name for it.</param>
/// <param name="ProvisioningState">Succeeded, Creating, Deleting, Failed.</param>
internal sealed record Machine(string Name, string ProvisioningState)
{
    public bool IsFailed => string.Equals(ProvisioningState, "Failed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs, or is about to.</summary>
    public bool IsThere => !IsFailed && !string.Equals(ProvisioningState, "Deleting", StringComparison.OrdinalIgnoreCase);
}
