using System.Net;

namespace Marathon.Worker.Tests;

public sealed class WorkerCommandLineTests
{
    private static readonly string[] s_sound =
        ["--run", "r1", "--data", "/tmp/d", "--worker", "w0", "--epoch", "2", "--controller", "http://127.0.0.1:7071"];

    [Fact]
    public void Parse_Sound_HasDefaults()
    {
        var arguments = Parse(s_sound, out _)!;

        Assert.Equal(("r1", "w0", 2, "token"), (arguments.Run, arguments.Worker, arguments.Epoch, arguments.Token));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), arguments.Listen);
        Assert.Equal(TimeSpan.FromSeconds(60), arguments.Lease);
        Assert.Equal("/tmp/d/runs/r1/logs/w0-2.log", arguments.LogFile);
        Assert.DoesNotContain("token", arguments.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LeaseAndListen_AreTaken()
    {
        var arguments = Parse([.. s_sound, "--listen", "10.0.0.4:7000", "--lease-timeout", "2.5m"], out _)!;

        Assert.Equal(new IPEndPoint(IPAddress.Parse("10.0.0.4"), 7000), arguments.Listen);
        Assert.Equal(TimeSpan.FromMinutes(2.5), arguments.Lease);
    }

    [Theory]
    [InlineData("https://controller.example/")]
    [InlineData("http://localhost:7071/")]
    [InlineData("http://[::1]:7071/")]
    public void Parse_ControllerThatNobodyCanListenInOn_IsTaken(string controller) =>
        Assert.Equal(controller, Parse([.. s_sound[..^1], controller], out _)!.Controller.AbsoluteUri);

    [Theory]
    [InlineData("--run", "../escape")]
    [InlineData("--run", "")]
    [InlineData("--worker", "a/b")]
    [InlineData("--worker", "w0\n")]
    [InlineData("--epoch", "0")]
    [InlineData("--epoch", "first")]
    [InlineData("--controller", "ftp://127.0.0.1")]
    [InlineData("--controller", "nonsense")]
    [InlineData("--controller", "http://10.0.0.4:7071")]
    [InlineData("--controller", "http://controller.example/")]
    [InlineData("--scheduled-events", "nowhere")]
    [InlineData("--listen", "0.0.0.0:80")]
    [InlineData("--listen", "here")]
    [InlineData("--lease-timeout", "soon")]
    [InlineData("--lease-timeout", "0s")]
    public void Parse_Unusable_NamesTheOption(string option, string value)
    {
        var at = Array.IndexOf(s_sound, option);
        string[] args = at < 0 ? [.. s_sound, option, value] : [.. s_sound[..(at + 1)], value, .. s_sound[(at + 2)..]];

        Assert.Null(Parse(args, out var error));
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WithoutToken_NamesTheVariable()
    {
        var error = new StringWriter();

        Assert.Null(WorkerCommandLine.Parse(s_sound, _ => null, error));
        Assert.Contains("MARATHON_RUN_TOKEN", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_BadArguments_EndsWithCode2()
    {
        using var process = WorkerUnderTest.Launch(["--run", "r1"], "token");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("--epoch", error, StringComparison.Ordinal);
    }

    private static WorkerArguments? Parse(string[] args, out string error)
    {
        var writer = new StringWriter();
        var arguments = WorkerCommandLine.Parse(args, _ => "token", writer);
        error = writer.ToString();
        return arguments;
    }
}
