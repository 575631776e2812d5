using Marathon.Configuration;
using Marathon.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Tests.Settings;

public sealed class FunctionsSettingsTests
{
    private readonly Dictionary<string, string?> settings = new()
    {
        ["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"] = "Endpoint=https://dts.test;Authentication=ManagedIdentity;ClientID=id",
        ["Marathon:Fleet:SubscriptionId"] = "11111111-2222-3333-4444-555555555555",
        ["Marathon:Fleet:ResourceGroup"] = "rg-workers",
        ["Marathon:Fleet:Location"] = "westeurope",
        ["Marathon:Fleet:SubnetId"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/workers",
        ["Marathon:Fleet:IdentityId"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker",
        ["Marathon:Fleet:IdentityClientId"] = "22222222-2222-3333-4444-555555555555",
        ["Marathon:Fleet:Image"] = "marathon.azurecr.io/worker:1",
        ["Marathon:Fleet:Sizes"] = "Standard_D2as_v5, Standard_D2s_v5",
        ["Marathon:Fleet:Zones"] = "1,2",
        ["Marathon:Fleet:MaxPricePerHour"] = "0.05",
        ["Marathon:Fleet:KeyVaultUri"] = "https://kv.vault.test/",
        ["Marathon:Storage:BlobServiceUri"] = "https://st.blob.test/",
        ["Marathon:Storage:TableServiceUri"] = "https://st.table.test/",
    };

    [Fact]
    public void Read_WhatTheTemplatesSet_IsTaken()
    {
        FunctionsSettings read = Read();
        Assert.Equal(["Standard_D2as_v5", "Standard_D2s_v5"], read.Fleet.Fleet.Sizes);
        Assert.Equal(["1", "2"], read.Fleet.Fleet.Zones);
        Assert.Equal(0.05, read.Fleet.Fleet.MaxPricePerHour);
        Assert.Contains("marathon", read.SchedulerConnectionString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DURABLE_TASK_SCHEDULER_CONNECTION_STRING", null, "DURABLE_TASK_SCHEDULER_CONNECTION_STRING")]
    [InlineData("DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "Endpoint=nowhere;Authentication=None", "Endpoint")]
    [InlineData("Marathon:Fleet:Image", null, "Marathon__Fleet__Image")]
    [InlineData("Marathon:Fleet:Sizes", "Standard_B2s", "B series")]
    [InlineData("Marathon:Fleet:KeyVaultUri", "http://kv", "Marathon__Fleet__KeyVaultUri")]
    [InlineData("Marathon:Fleet:MaxPricePerHour", "cheap", "MaxPricePerHour")]
    [InlineData("Marathon:Storage:BlobServiceUri", null, "Marathon__Storage__BlobServiceUri")]
    [InlineData("MARATHON_LEASE_SECONDS", "1", "MARATHON_LEASE_SECONDS")]
    public void Read_WhatIsMissingOrWrong_IsNamed(string setting, string? value, string said)
    {
        settings[setting] = value;
        SpecException refused = Assert.Throws<SpecException>(Read);
        Assert.Contains(said, string.Join('\n', refused.Errors), StringComparison.Ordinal);
    }

    private FunctionsSettings Read() => FunctionsSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
        new ConfigurationBuilder().AddInMemoryCollection([new("extensions:durableTask:hubName", "marathon")]).Build());
}
