using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Marathon.Testbed.Cluster;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.Net;

/// <summary>A broker's port and the connections made to it.</summary>
internal sealed class BrokerListener : IAsyncDisposable
{
    private const int MaxConnections = 20_000;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly int MaxSweepsIncomplete = (int)(TimeSpan.FromSeconds(30) / SweepEvery);
    private static readonly int MaxSweepsIdle = (int)(TimeSpan.FromMinutes(10) / SweepEvery);

    private readonly Broker _broker;
    private readonly Socket _socket;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<ClientConnection, Task> _connections = new();

    public BrokerListener(Broker broker, IPEndPoint endpoint)
    {
        _broker = broker;
        _logger = broker.Options.Logging.CreateLogger<BrokerListener>();
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(endpoint);
            _socket.Listen(512);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Endpoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint Endpoint { get; }

    public int ConnectionCount => _connections.Count;

    public Task AcceptAsync(CancellationToken cancel) => Task.WhenAll(AcceptLoopAsync(cancel), SweepAsync(cancel));

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        foreach (var connection in _connections.Keys)
            connection.Close();
        await Task.WhenAll(_connections.Values);
    }

    private async Task AcceptLoopAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _broker.Gate.WaitAsync(cancel);
            Socket client;
            try
            {
                client = await _socket.AcceptAsync(cancel);
            }
            catch (SocketException)
            {
                // The client gave up before it was accepted.
                continue;
            }

            if (_connections.Count >= MaxConnections)
            {
                client.Dispose();
                continue;
            }

            client.NoDelay = true;
            Serve(client);
        }
    }

    private void Serve(Socket client)
    {
        ClientConnection connection;
        try
        {
            connection = new ClientConnection(_broker, client, _logger);
        }
        catch (SocketException)
        {
            // Reset before it could be asked for its address.
            client.Dispose();
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = Task.Run(async () =>
        {
            await started.Task;
            await connection.RunAsync();
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        });
        started.SetResult();
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(SweepEvery, _broker.Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await _broker.Gate.WaitAsync(cancel);
            foreach (var connection in _connections.Keys)
            {
                if (connection.IsStale(MaxSweepsIncomplete, MaxSweepsIdle))
                    connection.Close();
            }
        }
    }
}
