using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Marathon.Kafka.Admin;

namespace Marathon.Kafka.Tests;

/// <summary>One broker of Apache Kafka, as a process that ends with this one.</summary>
public sealed class RealKafka : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marathon-kafka-").FullName;
    private Process? _process;

    public static IReadOnlyList<string> Homes { get; } =
        Environment.GetEnvironmentVariable("MARATHON_KAFKA_HOMES")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    public string BootstrapServers { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Homes.Count == 0)
            return;
        var (client, controller) = (FreePort(), FreePort());
        BootstrapServers = $"127.0.0.1:{client}";
        var properties = Path.Combine(_folder, "server.properties");
        await File.WriteAllTextAsync(properties, $"""
            process.roles=broker,controller
            node.id=1
            listeners=PLAINTEXT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller}
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
            controller.quorum.voters=1@127.0.0.1:{controller}
            log.dirs={_folder}/data
            offsets.topic.replication.factor=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            """);
        var java = $"java -Xmx512m -cp '{Homes[0]}/libs/*'";
        await Shell($"{java} kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAA -c {properties}").WaitForExitAsync();

        // The broker ends when this process does, however that ends: its input is then closed.
        _process = Shell($"{java} kafka.Kafka {properties} & broker=$!; read ignored; kill -9 $broker");
        using var admin = new KafkaAdmin(BootstrapServers, reachableWithin: TimeSpan.FromSeconds(90));
        await admin.DescribeClusterAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static Process Shell(string script) => Process.Start(new ProcessStartInfo("sh", ["-c", $"exec >/dev/null 2>&1; {script}"])
    {
        RedirectStandardInput = true,
    })!;

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
