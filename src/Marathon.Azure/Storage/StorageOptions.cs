using Azure.Core;

namespace Marathon.Azure.Storage;

/// <summary>How a storage account is talked to.</summary>
public sealed class StorageOptions : ClientOptions
{
    /// <summary>What a token for it is made for.</summary>
    public string Scope { get; init; } = "https://storage.azure.com/.default";
}
