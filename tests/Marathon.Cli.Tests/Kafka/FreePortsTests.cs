using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Marathon.Cli.Kafka;

namespace Marathon.Cli.Tests.Kafka;

public sealed class FreePortsTests
{
    [Fact]
    public void Find_Many_AreDistinctAndFreeAndNotForOutgoingConnections()
    {
        int[] ports = FreePorts.Find(20);

        Assert.Equal(20, ports.Distinct().Count());
        int outgoing = int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t', ' ')[0], CultureInfo.InvariantCulture);
        Assert.All(ports, p => Assert.True(p < outgoing, $"{p} may be taken by a client while its broker is away"));
        Assert.All(ports, p =>
        {
            using TcpListener listener = new(IPAddress.Loopback, p);
            listener.Start();
        });
    }
}
