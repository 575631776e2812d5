using System.Text.Json;
using System.Text.RegularExpressions;
using Marathon.Azure.Fleets;
using YamlDotNet.RepresentationModel;

namespace Marathon.Azure.Tests.Infra;

public sealed partial class InfraTests
{
    private static readonly string s_infra = Path.Combine(Repository.Root, "infra");

    private static readonly BicepFile[] s_files =
        [.. Directory.EnumerateFiles(s_infra, "*.bicep", SearchOption.AllDirectories).Order().Select(path => new BicepFile(path))];

    private static BicepFile Module(string name) => s_files.Single(file => file.Path.EndsWith($"modules/{name}.bicep", StringComparison.Ordinal));

    [Fact]
    public void There_is_a_module_for_each_part()
    {
        BicepFile main = s_files.Single(file => Path.GetFileName(file.Path) == "main.bicep");
        Assert.StartsWith("targetScope = 'subscription'", main.Text, StringComparison.Ordinal);
        string[] parts = ["durable", "function", "keyvault", "monitoring", "network", "rbac", "registry", "storage", "workers"];
        Assert.Empty(parts.Except(main.Modules.Select(module => Path.GetFileNameWithoutExtension(module.Path))));
    }

    [Fact]
    public void What_is_passed_to_a_module_is_declared_and_what_it_needs_is_passed()
    {
        int checkedModules = 0;
        foreach (BicepFile file in s_files)
        {
            foreach ((string path, IReadOnlyList<string> given) in file.Modules)
            {
                string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file.Path)!, path));
                Assert.True(File.Exists(target), $"{file.Path}: {path} is not there");
                IReadOnlyList<BicepParameter> declared = new BicepFile(target).Parameters;
                Assert.True(!given.Except(declared.Select(parameter => parameter.Name)).Any(), $"{file.Path} passes to {path} what it does not declare");
                string missing = string.Join(", ", declared.Where(parameter => !parameter.HasDefault).Select(parameter => parameter.Name).Except(given));
                Assert.True(missing.Length == 0, $"{file.Path} does not pass {missing} to {path}");
                checkedModules++;
            }
        }
        Assert.True(checkedModules >= 15, $"only {checkedModules} modules were found");
    }

    [Fact]
    public void Every_parameter_and_output_is_described()
    {
        Assert.True(s_files.Sum(file => file.Parameters.Count) > 60);
        Assert.Empty(s_files.SelectMany(file => file.Parameters.Where(parameter => !parameter.IsDescribed).Select(parameter => $"{file.Path}: {parameter.Name}")));
        Assert.Empty(s_files.SelectMany(file => file.Outputs.Where(output => !output.IsDescribed).Select(output => $"{file.Path}: {output.Name}")));
    }

    [Fact]
    public void The_parameters_file_names_declared_parameters_alone()
    {
        using JsonDocument parameters = JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
        IEnumerable<string> named = parameters.RootElement.GetProperty("parameters").EnumerateObject().Select(property => property.Name);
        IReadOnlyList<BicepParameter> declared = s_files.Single(file => Path.GetFileName(file.Path) == "main.bicep").Parameters;
        Assert.Empty(named.Except(declared.Select(parameter => parameter.Name)));
        Assert.Empty(declared.Where(parameter => !parameter.HasDefault).Select(parameter => parameter.Name).Except(named));
    }

    /// <summary>azd keeps outputs as variables of the environment, and reads parameters from the same.</summary>
    [Fact]
    public void No_output_becomes_a_parameter_of_the_next_deployment()
    {
        string[] read = [.. Regex.Matches(Repository.Read("infra/main.parameters.json"), @"\$\{(\w+)").Select(match => match.Groups[1].Value)];
        IEnumerable<string> written = s_files.Single(file => Path.GetFileName(file.Path) == "main.bicep").Outputs.Select(output => output.Name);
        Assert.Equal(["AZURE_LOCATION"], read.Intersect(written));
    }

    [Fact]
    public void Abbreviations_that_are_used_are_there()
    {
        using JsonDocument abbreviations = JsonDocument.Parse(Repository.Read("infra/abbreviations.json"));
        HashSet<string> known = [.. abbreviations.RootElement.EnumerateObject().Select(property => property.Name)];
        HashSet<string> used = [.. s_files.SelectMany(file => Abbreviation().Matches(file.Text).Select(match => match.Groups[1].Value))];
        Assert.Equal(known.Order(), used.Order());
    }

    [Fact]
    public void Roles_are_the_built_in_ones_that_are_meant()
    {
        Dictionary<string, string> meant = new()
        {
            ["acrPull"] = "7f951dda-4ed3-4680-a7ca-43fe172d538d",
            ["acrPush"] = "8311e382-0749-4cb8-b61a-304f252e45ec",
            ["durableTaskDataContributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
            ["keyVaultSecretsOfficer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
            ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
            ["managedIdentityOperator"] = "f1a07417-d97a-45cb-824c-7a7467783830",
            ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
            ["storageBlobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
            ["storageQueueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
            ["storageTableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
            ["virtualMachineContributor"] = "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
        };
        Dictionary<string, string> found = s_files
            .SelectMany(file => Role().Matches(file.Text))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal(meant.OrderBy(role => role.Key), found.OrderBy(role => role.Key));
        string rbac = Module("rbac").Text;
        Assert.All(meant.Keys.Where(role => role != "virtualMachineContributor"), role => Assert.True(Regex.Count(rbac, $@"roles\.{role}\b") > 0, $"{role} is assigned to nobody"));
        // Owner, Contributor and User Access Administrator are nobody's.
        Assert.DoesNotMatch("8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", string.Concat(s_files.Select(file => file.Text)));
    }

    [Fact]
    public void There_are_no_keys_anywhere()
    {
        Assert.All(s_files, file => Assert.DoesNotMatch(@"(?i)list(Account)?(Keys|Sas|Credentials)\s*\(|AccountKey=|SharedAccessKey|AccessKey|InstrumentationKey|listSecrets|adminPassword|@secure", file.Text));
        Assert.Contains("allowSharedKeyAccess: false", Module("storage").Text, StringComparison.Ordinal);
        Assert.Contains("DisableLocalAuth: true", Module("monitoring").Text, StringComparison.Ordinal);
        Assert.Contains("adminUserEnabled: false", Module("registry").Text, StringComparison.Ordinal);
        Assert.Contains("enableRbacAuthorization: true", Module("keyvault").Text, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(Module("function").Text, "allow: false"));
        Assert.Contains("AzureWebJobsStorage__credential: 'managedidentity'", Module("function").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_the_function_is_open_to_the_internet()
    {
        string[] open = [.. s_files.Where(file => file.Text.Contains("publicNetworkAccess: 'Enabled'", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file.Path))];
        Assert.Equal(["function"], open);
        Assert.Contains("param publicNetworkAccess string = 'Disabled'", Repository.Read("infra/main.bicep"), StringComparison.Ordinal);
        Assert.All(
            s_files.Where(file => file.Text.Contains("endpoint.bicep", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file.Path)),
            name => Assert.Contains(name, new[] { "durable", "keyvault", "monitoring", "registry", "storage" }));
        Assert.DoesNotContain("publicIPAddressConfiguration", string.Concat(s_files.Select(file => file.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_port_of_workers_is_the_one_that_the_network_lets_through()
    {
        string port = Regex.Match(Repository.Read("src/Marathon.Azure/Boot/marathon-boot"), @"MARATHON_PORT:-(\d+)").Groups[1].Value;
        Assert.Contains($"destinationPortRange: '{port}'", Module("network").Text, StringComparison.Ordinal);
    }

    /// <summary>Machines have a group of their own beside that of the subnet, which the controller may not write to.</summary>
    [Fact]
    public void The_controller_writes_rules_of_the_machines_group_alone_and_open_connections_heed_them()
    {
        string workers = Module("workers").Text;
        Assert.Contains("flushConnection: true", workers, StringComparison.Ordinal);
        Assert.Equal(
            ["Microsoft.Network/networkSecurityGroups/securityRules/delete", "Microsoft.Network/networkSecurityGroups/securityRules/read", "Microsoft.Network/networkSecurityGroups/securityRules/write"],
            Regex.Matches(workers, "'(Microsoft\\.[A-Za-z./]+/(?:action|delete|read|write))'").Select(match => match.Groups[1].Value).Order());
        Assert.Matches(@"scope: faults\s+properties: \{\s+principalId: functionPrincipalId\s+principalType: 'ServicePrincipal'\s+roleDefinitionId: blockMachines\.id", workers);
        Assert.DoesNotMatch("securityRules/|networkSecurityGroups/", Module("rbac").Text);
    }

    [Fact]
    public void The_task_hub_is_the_one_of_host_json()
    {
        using JsonDocument host = JsonDocument.Parse(Repository.Read("host.json"));
        string hub = host.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString()!;
        Assert.Contains($"name: '{hub}'", Module("durable").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_the_fleet_are_options_of_the_fleet()
    {
        HashSet<string> options = [.. typeof(SpotFleetOptions).GetProperties().Select(property => property.Name), "KeyVaultUri", "SubscriptionId"];
        string[] settings = [.. Regex.Matches(Module("function").Text, @"Marathon__Fleet__(\w+):").Select(match => match.Groups[1].Value)];
        Assert.True(settings.Length >= 10);
        Assert.Empty(settings.Except(options));
        string[] required = [nameof(SpotFleetOptions.ResourceGroup), nameof(SpotFleetOptions.Location), nameof(SpotFleetOptions.SubnetId),
            nameof(SpotFleetOptions.IdentityId), nameof(SpotFleetOptions.IdentityClientId), nameof(SpotFleetOptions.Image), nameof(SpotFleetOptions.Sizes), nameof(SpotFleetOptions.SecurityGroupId)];
        Assert.Empty(required.Except(settings));
    }

    [Fact]
    public void Azd_finds_the_project_and_the_app()
    {
        YamlStream yaml = [];
        yaml.Load(new StringReader(Repository.Read("azure.yaml")));
        YamlMappingNode services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
        (YamlNode name, YamlNode service) = Assert.Single(services.Children);
        Assert.Equal("function", (string?)service["host"]);
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, (string)service["project"]!)));
        Assert.Contains($"'azd-service-name': '{name}'", Module("function").Text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"abbreviations\.(?!json\b)(\w+)")]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"\b(\w+)\s*[:=]\s*'([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'")]
    private static partial Regex Role();
}
