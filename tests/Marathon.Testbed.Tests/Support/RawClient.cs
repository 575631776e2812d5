using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Tests.Support;

/// <summary>A connection that sends whatever it is told to.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    public RawClient(string address)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(IPEndPoint.Parse(address));
        _stream = new NetworkStream(_socket, ownsSocket: true);
    }

    public static byte[] Frame(ApiKey key, short version, ReadOnlySpan<byte> body, bool flexible)
    {
        var frame = new byte[(flexible ? 15 : 14) + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - 4);
        BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(4), (short)key);
        BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(6), version);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(8), 7);
        BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(12), -1);
        body.CopyTo(frame.AsSpan(frame.Length - body.Length));
        return frame;
    }

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Ends the sending side and waits until the broker has closed the connection; gives what it answered before.</summary>
    public async Task<byte[]> UntilClosedAsync(bool finish = true)
    {
        using var deadline = new CancellationTokenSource(Within);
        using var answered = new MemoryStream();
        try
        {
            if (finish)
                _socket.Shutdown(SocketShutdown.Send);
            await _stream.CopyToAsync(answered, deadline.Token);
        }
        catch (Exception reset) when (reset is IOException or SocketException)
        {
            // Closed with bytes of ours unread: also an end.
        }

        return answered.ToArray();
    }

    /// <summary>A sound request on a new connection, answered.</summary>
    public static async Task<bool> IsServedAsync(string address)
    {
        using var client = new RawClient(address);
        await client.SendAsync(Frame(ApiKey.ApiVersions, 0, [], flexible: false));
        return (await client.UntilClosedAsync()).Length > 10;
    }

    public void Dispose() => _stream.Dispose();
}
