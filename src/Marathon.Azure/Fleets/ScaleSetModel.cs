using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Models;

namespace Marathon.Azure.Fleets;

/// <summary>Describes a scale set to Resource Manager.</summary>
internal static class ScaleSetModel
{
    // "marathon" may not log in: the key pair is made here and its private half is thrown away.
    private const string AdminUser = "marathon";

    private static readonly Lazy<string> s_nobodysKey = new(NobodysKey);

    public static VirtualMachineScaleSetData Create(
        SpotFleetOptions options, Placement placement, int capacity, string runId, string customData, DateTimeOffset now)
    {
        VirtualMachineScaleSetData data = new(new AzureLocation(options.Location))
        {
            Sku = new ComputeSku { Name = placement.Size, Tier = "Standard", Capacity = capacity },
            OrchestrationMode = OrchestrationMode.Flexible,
            SinglePlacementGroup = false,
            PlatformFaultDomainCount = 1,
            Identity = new ManagedServiceIdentity(ManagedServiceIdentityType.UserAssigned)
            {
                UserAssignedIdentities = { [new ResourceIdentifier(options.IdentityId)] = new UserAssignedIdentity() },
            },
            VirtualMachineProfile = Profile(options, placement, customData),
            Tags =
            {
                [FleetNames.RunTag] = runId,
                [FleetNames.ExpiresTag] = (now + options.Lifetime).ToString("O", CultureInfo.InvariantCulture),
                [FleetNames.OwnerTag] = options.Owner,
            },
        };
        if (placement.Zone is { } zone) data.Zones.Add(zone);
        if (!placement.Spot) return data;
        if (options.SpotRestoreTimeout is { } timeout)
            data.SpotRestorePolicy = new SpotRestorePolicy { Enabled = true, RestoreTimeout = XmlConvert.ToString(timeout) };
        if (options.BaseRegularPriorityCount > 0 || options.RegularPriorityPercentageAboveBase > 0)
        {
            data.PriorityMixPolicy = new VirtualMachineScaleSetPriorityMixPolicy
            {
                BaseRegularPriorityCount = options.BaseRegularPriorityCount,
                RegularPriorityPercentageAboveBase = options.RegularPriorityPercentageAboveBase,
            };
        }
        return data;
    }

    private static VirtualMachineScaleSetVmProfile Profile(SpotFleetOptions options, Placement placement, string customData)
    {
        string[] image = options.MachineImage.Split(':');
        VirtualMachineScaleSetVmProfile profile = new()
        {
            Priority = placement.Spot ? VirtualMachinePriorityType.Spot : VirtualMachinePriorityType.Regular,
            OSProfile = new VirtualMachineScaleSetOSProfile
            {
                ComputerNamePrefix = "mw",
                AdminUsername = AdminUser,
                CustomData = customData,
                LinuxConfiguration = new LinuxConfiguration
                {
                    DisablePasswordAuthentication = true,
                    SshPublicKeys = { new SshPublicKeyConfiguration { Path = $"/home/{AdminUser}/.ssh/authorized_keys", KeyData = s_nobodysKey.Value } },
                },
            },
            StorageProfile = new VirtualMachineScaleSetStorageProfile
            {
                ImageReference = new ImageReference { Publisher = image[0], Offer = image[1], Sku = image[2], Version = image[3] },
                OSDisk = new VirtualMachineScaleSetOSDisk(DiskCreateOptionType.FromImage)
                {
                    Caching = CachingType.ReadWrite,
                    DeleteOption = DiskDeleteOptionType.Delete,
                    ManagedDisk = new VirtualMachineScaleSetManagedDisk { StorageAccountType = StorageAccountType.StandardSsdLrs },
                },
            },
            NetworkProfile = new VirtualMachineScaleSetNetworkProfile
            {
                NetworkApiVersion = NetworkApiVersion.TwoThousandTwenty1101,
                NetworkInterfaceConfigurations = { Network(options) },
            },
        };
        if (!placement.Spot) return profile;
        profile.EvictionPolicy = VirtualMachineEvictionPolicyType.Delete;
        profile.BillingMaxPrice = options.MaxPricePerHour;
        return profile;
    }

    private static VirtualMachineScaleSetNetworkConfiguration Network(SpotFleetOptions options) => new("worker")
    {
        Primary = true,
        EnableAcceleratedNetworking = true,
        DeleteOption = ComputeDeleteOption.Delete,
        NetworkSecurityGroupId = options.SecurityGroupId is { } group ? new ResourceIdentifier(group) : null,
        IPConfigurations =
        {
            new VirtualMachineScaleSetIPConfiguration("worker") { Primary = true, SubnetId = new ResourceIdentifier(options.SubnetId) },
        },
    };

    /// <summary>A machine must have a password or a key. This one opens it to nobody.</summary>
    private static string NobodysKey()
    {
        using RSA rsa = RSA.Create(3072);
        RSAParameters key = rsa.ExportParameters(includePrivateParameters: false);
        using MemoryStream blob = new();
        foreach (byte[] field in new[] { "ssh-rsa"u8.ToArray(), key.Exponent!, [0, .. key.Modulus!] })
        {
            byte[] length = BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(field.Length));
            blob.Write(length);
            blob.Write(field);
        }
        return $"ssh-rsa {Convert.ToBase64String(blob.ToArray())} nobody";
    }
}
