using Azure.Core;

namespace Marathon.Azure.Claims;

/// <summary>How a storage table is talked to.</summary>
public sealed class TableClaimsOptions : ClientOptions
{
    /// <summary>What a token for it is made for.</summary>
    public string Scope { get; init; } = "https://storage.azure.com/.default";
}
