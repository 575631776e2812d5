using System.Text;
using Marathon.Azure.Boot;
using Marathon.Azure.Tests.Fakes;
using YamlDotNet.RepresentationModel;

namespace Marathon.Azure.Tests.Boot;

public sealed class CloudInitTests
{
    private static readonly WorkerBoot s_boot = new(
        "run-1", new Uri("https://marathon.test/"), new Uri("https://kv.vault.test/secrets/run-run-1"), "22222222-2222-3333-4444-555555555555",
        "marathon.azurecr.io/worker:1", TimeSpan.FromSeconds(90));

    [Fact]
    public void It_is_yaml_that_writes_three_files_and_starts_a_unit()
    {
        Assert.Equal("0600", Files(s_boot)["/etc/marathon/worker.env"].Mode);
        Assert.Equal("0755", Files(s_boot)["/usr/local/bin/marathon-boot"].Mode);
        string unit = Files(s_boot)["/etc/systemd/system/marathon-worker.service"].Content;
        Assert.Contains("ExecStart=/usr/local/bin/marathon-boot", unit, StringComparison.Ordinal);
        Assert.Contains("RestartPreventExitStatus=64", unit, StringComparison.Ordinal);
        Assert.Contains("[systemctl, enable, --now, docker.service, marathon-worker.service]", CloudInit.Render(s_boot), StringComparison.Ordinal);
    }

    [Fact]
    public void It_passes_run_controller_and_the_reference_of_the_secret()
    {
        string environment = Files(s_boot)["/etc/marathon/worker.env"].Content;
        Assert.Equal(
            [
                "MARATHON_RUN=run-1",
                "MARATHON_CONTROLLER=https://marathon.test/",
                "MARATHON_SECRET=https://kv.vault.test/secrets/run-run-1",
                "MARATHON_IDENTITY=22222222-2222-3333-4444-555555555555",
                "MARATHON_IMAGE=marathon.azurecr.io/worker:1",
                "MARATHON_REGISTRY=marathon.azurecr.io",
                "MARATHON_LEASE=90s",
            ],
            environment.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_registry_that_is_not_azures_gets_no_identity() =>
        Assert.Contains("MARATHON_REGISTRY=\n", Files(s_boot with { Image = "ghcr.io/marathon/worker:1" })["/etc/marathon/worker.env"].Content, StringComparison.Ordinal);

    [Fact]
    public void It_fits_into_what_azure_takes() => Assert.InRange(Encoding.UTF8.GetByteCount(CloudInit.Render(s_boot)), 1000, CloudInit.MaxBytes / 2);

    [Theory]
    [InlineData("worker:1\nMARATHON_RUN=other")]
    [InlineData("worker:1 $(reboot)")]
    [InlineData("worker\"")]
    public void A_value_that_would_write_another_line_is_refused(string image) =>
        Assert.Throws<ArgumentException>(() => CloudInit.Render(s_boot with { Image = image }));

    [Fact]
    public async Task The_boot_script_is_sound_bash()
    {
        string script = Path.Combine(Directory.CreateTempSubdirectory("marathon-boot").FullName, "marathon-boot");
        await File.WriteAllTextAsync(script, Files(s_boot)["/usr/local/bin/marathon-boot"].Content);
        (int code, _, string error) = await Shell.RunAsync("bash", ["-n", script]);
        Assert.True(code == 0, error);
    }

    internal static Dictionary<string, (string Mode, string Content)> Files(WorkerBoot boot)
    {
        string text = CloudInit.Render(boot);
        Assert.StartsWith("#cloud-config\n", text, StringComparison.Ordinal);
        YamlStream yaml = [];
        yaml.Load(new StringReader(text));
        YamlMappingNode root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return ((YamlSequenceNode)root["write_files"]).Cast<YamlMappingNode>().ToDictionary(
            file => (string)file["path"]!,
            file => ((string)file["permissions"]!, Encoding.UTF8.GetString(Convert.FromBase64String((string)file["content"]!))));
    }
}
