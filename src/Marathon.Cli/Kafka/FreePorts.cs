using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Marathon.Cli.Kafka;

/// <summary>
/// Ports for listeners that must come back on the same port after a restart. They are taken from below the range that the
/// system gives to outgoing connections: a client that keeps trying a dead broker's port of that range can end up connected
/// to itself, and then the broker cannot have its port back.
/// </summary>
internal static class FreePorts
{
    private const int Lowest = 12_000;

    /// <summary>That many ports of the loopback address, free a moment ago.</summary>
    /// <exception cref="IOException">There are not that many.</exception>
    public static int[] Find(int count)
    {
        int end = EphemeralStart();
        List<TcpListener> held = [];
        try
        {
            for (int tries = 0; held.Count < count && tries < 2_000; tries++)
            {
                TcpListener listener = new(IPAddress.Loopback, Random.Shared.Next(Lowest, end));
                try
                {
                    listener.Start();
                    held.Add(listener);
                }
                catch (SocketException)
                {
                    listener.Dispose();
                }
            }

            return held.Count == count
                ? [.. held.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)]
                : throw new IOException($"no {count} free ports between {Lowest} and {end} on 127.0.0.1");
        }
        finally
        {
            held.ForEach(l => l.Dispose());
        }
    }

    private static int EphemeralStart()
    {
        const string range = "/proc/sys/net/ipv4/ip_local_port_range";
        int start = File.Exists(range) ? int.Parse(File.ReadAllText(range).Split('\t', ' ')[0], CultureInfo.InvariantCulture) : 49_152;
        return start > Lowest + 1_000 ? start : 65_536;
    }
}
