namespace Marathon.Azure.Fleets;

/// <summary>What there is of a scale set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Capacity">How many machines it is to have; falls when one is evicted or deleted.</param>
/// <param name="ProvisioningState">Succeeded, Failed, or what is being done to it; empty when there is no such set.</param>
/// <param name="ReadAt">When this was so.</param>
internal sealed record ScaleSetState(string Name, int Capacity, string ProvisioningState, DateTimeOffset ReadAt)
{
    /// <summary>There is such a set.</summary>
    public bool Exists => ProvisioningState.Length > 0;

    /// <summary>Something is under way.</summary>
    public bool IsChanging => Exists && !IsFailed && !string.Equals(ProvisioningState, "Succeeded", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last thing that was done to it failed.</summary>
    public bool IsFailed =>
        string.Equals(ProvisioningState, "Failed", StringComparison.OrdinalIgnoreCase) ||
        string.Equals(ProvisioningState, "Canceled", StringComparison.OrdinalIgnoreCase);

    /// <summary>It is going.</summary>
    public bool IsDeleting => string.Equals(ProvisioningState, "Deleting", StringComparison.OrdinalIgnoreCase);

    public static ScaleSetState None(string name, DateTimeOffset readAt) => new(name, 0, "", readAt);
}
