using Marathon.Configuration;
using Marathon.Functions.Settings;

namespace Marathon.Functions.Tests.Settings;

public sealed class FunctionsSettingsTests
{
    private const string ProviderType = "AzureFunctionsJobHost:extensions:durableTask:storageProvider:type";
    private const string ProviderConnection = "AzureFunctionsJobHost:extensions:durableTask:storageProvider:connectionStringName";
    private const string Scheduler = "DURABLE_TASK_SCHEDULER_CONNECTION_STRING";

    [Fact]
    public void Read_WhatTheTemplatesSet_IsTaken()
    {
        FunctionsSettings read = FunctionsApp.Read(FunctionsApp.SchedulerSettings);
        Assert.Equal(["Standard_D2as_v5", "Standard_D2s_v5"], read.Fleet.Fleet.Sizes);
        Assert.Equal(["1", "2"], read.Fleet.Fleet.Zones);
        Assert.Equal(0.05, read.Fleet.Fleet.MaxPricePerHour);
        Assert.EndsWith("/nsg-faults", read.Fleet.Fleet.SecurityGroupId, StringComparison.Ordinal);
        Assert.Equal(DurableBackend.Scheduler, read.Durable.Backend);
        Assert.Equal("marathon", read.Durable.TaskHub);
    }

    [Fact]
    public void Read_WhatADevelopersMachineStartsWith_IsTaken_AndHasNoSecret()
    {
        FunctionsSettings read = FunctionsApp.Read(FunctionsApp.LocalSettings);
        Assert.Equal(DurableBackend.Scheduler, read.Durable.Backend);
        Assert.Equal(new Uri("http://localhost:7071"), read.Controller);
        Assert.True(read.Storage.Blobs.IsLoopback && read.Storage.Tables.IsLoopback);
        Assert.DoesNotMatch("(?i)key=|sig=|password|secret", string.Join('\n', FunctionsApp.LocalSettings.Values));
    }

    [Theory]
    [InlineData(Scheduler, null, Scheduler)]
    [InlineData(Scheduler, "Endpoint=nowhere;Authentication=None", "Endpoint")]
    [InlineData("Marathon:Fleet:Image", null, "Marathon__Fleet__Image")]
    [InlineData("Marathon:Fleet:Sizes", "Standard_B2s", "B series")]
    [InlineData("Marathon:Fleet:SecurityGroupId", "nsg-faults", "network security group")]
    [InlineData("Marathon:Fleet:KeyVaultUri", "http://kv", "Marathon__Fleet__KeyVaultUri")]
    [InlineData("Marathon:Fleet:MaxPricePerHour", "cheap", "MaxPricePerHour")]
    [InlineData("Marathon:Storage:BlobServiceUri", null, "Marathon__Storage__BlobServiceUri")]
    [InlineData("MARATHON_LEASE_SECONDS", "1", "MARATHON_LEASE_SECONDS")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "IngestionEndpoint=https://in.test", "InstrumentationKey")]
    public void Read_WhatIsMissingOrWrong_IsNamed(string setting, string? value, string said)
    {
        Dictionary<string, string?> settings = FunctionsApp.SchedulerSettings;
        settings[setting] = value;
        Assert.Contains(said, Refused(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatTheTemplatesSetForStorage_NeedsNoScheduler()
    {
        Assert.Equal(DurableBackend.Storage, FunctionsApp.Read(FunctionsApp.StorageSettings, isSchedulerBuiltIn: false).Durable.Backend);
        Dictionary<string, string?> settings = FunctionsApp.StorageSettings;
        settings["MARATHON_DURABLE_BACKEND"] = "storage";
        Assert.Equal(DurableBackend.Storage, FunctionsApp.Read(settings).Durable.Backend);
    }

    [Theory]
    [InlineData(ProviderType, "netherite", "'netherite'")]
    [InlineData("AzureWebJobsStorage:queueServiceUri", null, "AzureWebJobsStorage__queueServiceUri")]
    [InlineData(ProviderConnection, "OTHER", "OTHER__blobServiceUri")]
    [InlineData(ProviderConnection, null, Scheduler + "__blobServiceUri")]
    [InlineData("MARATHON_DURABLE_BACKEND", "scheduler", "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type to azureManaged")]
    [InlineData("MARATHON_DURABLE_BACKEND", "Redis", "give scheduler or storage")]
    public void Read_StorageThatIsNotComplete_IsNamed(string setting, string? value, string said)
    {
        Dictionary<string, string?> settings = FunctionsApp.StorageSettings;
        settings[setting] = value;
        Assert.Contains(said, Refused(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StorageThatIsWanted_ButNotSet_SaysWhatToSet()
    {
        Dictionary<string, string?> settings = FunctionsApp.SchedulerSettings;
        settings["MARATHON_DURABLE_BACKEND"] = "storage";
        string said = Refused(settings);
        Assert.Contains("storageProvider__type to AzureStorage", said, StringComparison.Ordinal);
        Assert.Contains("storageProvider__connectionStringName to AzureWebJobsStorage", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ConnectionStringOfStorage_IsEnough()
    {
        Dictionary<string, string?> settings = FunctionsApp.StorageSettings;
        foreach (string service in (string[])["blob", "queue", "table"]) settings.Remove($"AzureWebJobsStorage:{service}ServiceUri");
        settings["AzureWebJobsStorage"] = "UseDevelopmentStorage=true";
        Assert.Equal(DurableBackend.Storage, FunctionsApp.Read(settings).Durable.Backend);
    }

    [Fact]
    public void Read_SchedulerThatWasNotBuiltIn_IsRefused_WithTheWayToStorage() => Assert.Contains(
        "storageProvider__type to AzureStorage",
        string.Join('\n', Assert.Throws<SpecException>(() => FunctionsApp.Read(FunctionsApp.SchedulerSettings, isSchedulerBuiltIn: false)).Errors),
        StringComparison.Ordinal);

    private static string Refused(Dictionary<string, string?> settings) =>
        string.Join('\n', Assert.Throws<SpecException>(() => FunctionsApp.Read(settings)).Errors);
}
