using System.Diagnostics;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>
/// A virtual machine as a folder and a process. It reads its cloud-init as YAML, writes the files that this names, and runs
/// the unit that this enables, with the variables of the unit's environment file and those by which a test stands in for
/// the platform: nothing else is handed over.
/// </summary>
internal sealed class LocalMachine(string folder, string cloudInit, IReadOnlyDictionary<string, string> standIns)
{
    private const string Unit = "/etc/systemd/system/marathon-worker.service";

    /// <summary>Lives until its unit ends for good, or the platform takes it away.</summary>
    public async Task RunAsync(CancellationToken evicted)
    {
        YamlStream yaml = [];
        yaml.Load(new StringReader(cloudInit));
        YamlNode root = yaml.Documents[0].RootNode;
        foreach (YamlNode file in (YamlSequenceNode)root["write_files"]) Write(file);
        Assert.Contains(
            (YamlSequenceNode)root["runcmd"],
            command => command is YamlSequenceNode words && words.Select(word => (string)word!).ToArray() is ["systemctl", "enable", "--now", .., "marathon-worker.service"]);

        ILookup<string, string> unit = Pairs(await File.ReadAllLinesAsync(Here(Unit), evicted)).ToLookup(pair => pair.Key, pair => pair.Value);
        int forGood = int.Parse(unit["RestartPreventExitStatus"].Single());
        TimeSpan pause = TimeSpan.FromSeconds(int.Parse(unit["RestartSec"].Single()));
        Assert.Equal("always", unit["Restart"].Single());
        while (await RunOnceAsync(unit, evicted) != forGood) await Task.Delay(pause, evicted);
    }

    private async Task<int> RunOnceAsync(ILookup<string, string> unit, CancellationToken evicted)
    {
        ProcessStartInfo start = new("bash", [Here(unit["ExecStart"].Single())]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach ((string name, string value) in Pairs(await File.ReadAllLinesAsync(Here(unit["EnvironmentFile"].Single()), evicted)).Concat(standIns))
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task output = Task.WhenAll(KeepAsync(process.StandardOutput), KeepAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(evicted);
        }
        finally
        {
            // An eviction gives no more time than this.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            await output;
        }
        return process.ExitCode;
    }

    private async Task KeepAsync(StreamReader output)
    {
        string text = await output.ReadToEndAsync();
        await File.AppendAllTextAsync(Here("/console.log"), text);
    }

    private void Write(YamlNode file)
    {
        string path = Here((string)file["path"]!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Assert.Equal("b64", (string?)file["encoding"]);
        File.WriteAllBytes(path, Convert.FromBase64String((string)file["content"]!));
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32((string)file["permissions"]!, 8));
    }

    private string Here(string path) => Path.Combine(folder, path.TrimStart('/'));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<string> lines) => lines
        .Select(line => line.Split('=', 2))
        .Where(parts => parts.Length == 2)
        .Select(parts => KeyValuePair.Create(parts[0], parts[1]));

    /// <summary>What a scale set hands to its machines.</summary>
    public static string CloudInitOf(string customData) => Encoding.UTF8.GetString(Convert.FromBase64String(customData));
}
