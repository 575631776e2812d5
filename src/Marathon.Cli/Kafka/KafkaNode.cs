using System.Net.Sockets;
using Marathon.Cli.Processes;

namespace Marathon.Cli.Kafka;

/// <summary>One node of a local Kafka cluster: its files and its process.</summary>
internal sealed class KafkaNode(NodeProperties properties, KafkaFiles files, JavaRuntime java, KafkaHome home, string loggingOption, BoundProcess starter)
{
    // It shares a machine with its neighbours and with workers, and seldom lives long: to compile it better would take half of its time.
    private const string QuickCompilerOnly = "-XX:TieredStopAtLevel=1";

    private static readonly TimeSpan ServesWithin = TimeSpan.FromSeconds(120);

    /// <summary>Node id.</summary>
    public int Id => properties.Id;

    /// <summary>Where clients find it.</summary>
    public string Address => properties.Address;

    /// <summary>Its process; null before the first start.</summary>
    public ProcessIdentity? Process { get; private set; }

    /// <summary>running, paused or dead: as its process is, not as it was told to be.</summary>
    public string State => Process is not { IsAlive: true } process ? "dead"
        : ProcStat.TryRead(process.Pid) is { IsStopped: true } ? "paused"
        : "running";

    /// <summary>The end of its log.</summary>
    public string LastWords => LogTail.Read(files.Log(Id));

    /// <summary>Writes its properties and formats its folder.</summary>
    public async Task FormatAsync(IReadOnlyList<NodeProperties> cluster, string clusterId, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(files.Properties(Id), properties.Render(cluster, files.Data(Id)), cancellationToken);
        ProcessIdentity format = await LaunchAsync(
            files.FormatPid(Id), [QuickCompilerOnly], ["kafka.tools.StorageTool", "format", "-t", clusterId, "-c", files.Properties(Id)], cancellationToken);
        await format.WaitForEndAsync(ServesWithin, cancellationToken);
        File.Delete(files.FormatPid(Id));
        if (!File.Exists(Path.Combine(files.Data(Id), "meta.properties")))
        {
            throw new IOException($"Kafka could not format the folder of node {Id}: {LastWords}");
        }
    }

    /// <summary>Starts it; does not wait until it serves.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(files.Pid(Id));
        Process = await LaunchAsync(
            files.Pid(Id), ["-Xmx512m", "-XX:+UseG1GC", QuickCompilerOnly, loggingOption], ["kafka.Kafka", files.Properties(Id)], cancellationToken);
    }

    /// <summary>Waits until it takes connections of clients.</summary>
    /// <exception cref="IOException">It ended instead, or takes too long; with the end of its log.</exception>
    public async Task WaitUntilServesAsync(CancellationToken cancellationToken)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!await AcceptsAsync(cancellationToken))
        {
            if (Process is not { IsAlive: true })
            {
                throw new IOException($"Kafka node {Id} ended instead of serving: {LastWords}");
            }

            if (TimeProvider.System.GetElapsedTime(since) > ServesWithin)
            {
                throw new IOException($"Kafka node {Id} does not serve after {ServesWithin.TotalSeconds} s: {LastWords}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private Task<ProcessIdentity> LaunchAsync(string pidFile, string[] options, string[] program, CancellationToken cancellationToken) =>
        starter.StartAsync(
            new ProcessLaunch(
                pidFile,
                files.Log(Id),
                files.Folder,
                java.Path,
                [.. options, "-XX:-UsePerfData", $"-Djava.io.tmpdir={files.Folder}", "-cp", home.ClassPath, .. program]),
            cancellationToken);

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync("127.0.0.1", properties.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
