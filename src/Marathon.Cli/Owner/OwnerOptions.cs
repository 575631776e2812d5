namespace Marathon.Cli.Owner;

/// <summary>How to own a data folder.</summary>
/// <param name="Data">The folder, absolute.</param>
/// <param name="Port">Port to listen on; null is any.</param>
/// <param name="Lease">How long what was started lives without us.</param>
internal sealed record OwnerOptions(string Data, int? Port, TimeSpan Lease);
