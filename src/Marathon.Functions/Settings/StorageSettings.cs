using Marathon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>Where runs, heartbeats, evidence, reports and claims are kept: app settings <c>Marathon__Storage__*</c>.</summary>
public sealed record StorageSettings
{
    private const string BlobsKey = "Marathon:Storage:BlobServiceUri", TablesKey = "Marathon:Storage:TableServiceUri";

    /// <summary>Blob endpoint of the storage account.</summary>
    public required Uri Blobs { get; init; }

    /// <summary>Table endpoint of the storage account.</summary>
    public required Uri Tables { get; init; }

    internal static StorageSettings Read(IConfiguration settings, List<SpecError> errors) => new()
    {
        Blobs = AddressSetting.Read(settings, BlobsKey, errors),
        Tables = AddressSetting.Read(settings, TablesKey, errors),
    };
}
