using Azure.Core;

namespace Marathon.Azure.Secrets;

/// <summary>How a vault is talked to.</summary>
public sealed class KeyVaultOptions : ClientOptions
{
    /// <summary>What a token for it is made for; other clouds have another.</summary>
    public string Scope { get; init; } = "https://vault.azure.net/.default";
}
