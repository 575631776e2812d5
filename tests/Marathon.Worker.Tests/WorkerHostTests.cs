using System.Net;
using System.Net.Sockets;

namespace Marathon.Worker.Tests;

public sealed class WorkerHostTests
{
    [Fact]
    public async Task EnvironmentNamesAnotherEndpoint_NothingListensThere()
    {
        var other = new IPEndPoint(IPAddress.Loopback, HealthProbeTests.FreePort());
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller, environment: [("Kestrel__Endpoints__Other__Url", $"http://{other}"), ("ASPNETCORE_URLS", $"http://{other}")]);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        var refused = await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(other));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }
}
