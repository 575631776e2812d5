using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Marathon.Kafka.Admin;

namespace Marathon.Benchmarks.Clients;

/// <summary>One broker of Apache Kafka that ends with this process, and a folder that goes with it.</summary>
internal sealed class BenchBroker : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marathon-bench-").FullName;
    private readonly Process _process;

    private BenchBroker(string home)
    {
        var (client, controller) = (FreePort(), FreePort());
        BootstrapServers = $"127.0.0.1:{client}";
        var properties = Path.Combine(_folder, "server.properties");
        File.WriteAllText(properties, $"""
            process.roles=broker,controller
            node.id=1
            listeners=PLAINTEXT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller}
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
            controller.quorum.voters=1@127.0.0.1:{controller}
            log.dirs={_folder}/data
            offsets.topic.replication.factor=1
            group.initial.rebalance.delay.ms=0
            """);
        var java = $"java -cp '{home}/libs/*'";
        _process = Process.Start(new ProcessStartInfo("sh", ["-c",
            $"exec >/dev/null 2>&1; {java} kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAA -c {properties}; {java} -Xmx1g kafka.Kafka {properties} & broker=$!; read ignored; kill -9 $broker"])
        {
            RedirectStandardInput = true,
        })!;
    }

    public string BootstrapServers { get; }

    public static async Task<BenchBroker> StartAsync(string home)
    {
        var broker = new BenchBroker(home);
        using var admin = new KafkaAdmin(broker.BootstrapServers, reachableWithin: TimeSpan.FromSeconds(120));
        await admin.DescribeClusterAsync(CancellationToken.None);
        return broker;
    }

    public async Task<Workload> WithTopicAsync(string topic, long records)
    {
        using var admin = new KafkaAdmin(BootstrapServers);
        await admin.CreateTopicAsync(new TopicRequest(topic, Workload.Partitions, 1, new Dictionary<string, string>()), CancellationToken.None);
        await admin.WaitForLeadersAsync(topic, Workload.Partitions, TimeSpan.FromSeconds(60), CancellationToken.None);
        return new Workload(BootstrapServers, topic, records);
    }

    public async Task DeleteAsync(string topic)
    {
        using var admin = new KafkaAdmin(BootstrapServers);
        await admin.DeleteTopicAsync(topic, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
