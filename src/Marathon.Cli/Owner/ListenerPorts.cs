using System.Net;
using System.Net.Sockets;
using Marathon.Configuration;

namespace Marathon.Cli.Owner;

/// <summary>Which ports an owner listens on.</summary>
internal static class ListenerPorts
{
    // Owners that took over from each other while runs were unfinished.
    private const int MostInherited = 8;

    /// <summary>
    /// The port that was asked for, and those of an owner that died or left runs unfinished: their workers know no other.
    /// </summary>
    /// <exception cref="SpecException">The port that was asked for is taken.</exception>
    public static IReadOnlyList<int> Choose(int? asked, ControllerFile? last)
    {
        int[] inherited = [.. (last?.Ports ?? []).Where(port => port != asked && IsFree(port)).Take(MostInherited)];
        return asked switch
        {
            null => inherited.Length > 0 ? inherited : [0],
            { } wanted when wanted == 0 || IsFree(wanted) => [wanted, .. inherited],
            { } wanted => throw new SpecException("--port", $"{wanted} is taken by another process", "choose another with --port, or 0 for any free one"),
        };
    }

    /// <summary>Whether nobody listens on a port.</summary>
    public static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
