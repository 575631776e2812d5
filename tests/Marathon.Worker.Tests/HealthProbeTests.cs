using System.Net;
using System.Net.Sockets;
using Marathon.Worker.Lifetime;

namespace Marathon.Worker.Tests;

public sealed class HealthProbeTests
{
    [Fact]
    public async Task RunAsync_WorkerThatAnswers_IsWellUntilItIsGone()
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller, more: ["--listen", $"127.0.0.1:{FreePort()}"]);
        var commandLine = Path.GetTempFileName();
        File.Copy($"/proc/{worker.Pid}/cmdline", commandLine, overwrite: true);

        Assert.Equal(0, await HealthProbe.RunAsync($"/proc/{worker.Pid}/cmdline", TextWriter.Null));

        System.Diagnostics.Process.GetProcessById(worker.Pid).Kill();
        await worker.Until(() => worker.HasExited, "the worker is gone");
        var error = new StringWriter();
        Assert.Equal(1, await HealthProbe.RunAsync(commandLine, error));
        Assert.Contains("does not answer", error.ToString(), StringComparison.Ordinal);
        File.Delete(commandLine);
    }

    [Theory]
    [InlineData("sleep\0infinity\0")]
    [InlineData("Marathon.Worker\0--listen\0")]
    [InlineData("Marathon.Worker\0--listen\0nowhere\0")]
    public async Task RunAsync_NoWorker_IsNotWell(string commandLine)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, commandLine);
        var error = new StringWriter();

        Assert.Equal(1, await HealthProbe.RunAsync(file, error));
        Assert.Contains("--listen", error.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
