using System.Diagnostics;
using System.Text;
using Marathon.Cli.Processes;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>A machine of its own for one test, as far as a process can tell: home, temporary folder and data folder.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("marathon-e2e-").FullName;

    public Sandbox()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Temporary);
    }

    /// <summary>The data folder; made by the first command.</summary>
    public string Data => this["data"];

    /// <summary>Any other file of the test.</summary>
    public string this[string name] => Path.Combine(root, name);

    private string Home => this["home"];

    private string Temporary => this["tmp"];

    /// <summary>Starts a command with the sandbox's data folder.</summary>
    public RunningCommand Start(params string[] arguments) => StartWithout(arguments, "--data", Data);

    /// <summary>Starts a controller that stays, and waits until it serves.</summary>
    public async Task<RunningCommand> UpAsync(params string[] arguments)
    {
        RunningCommand up = Start(["up", "--port", "0", .. arguments]);
        await up.WaitForAsync("controller http://127.0.0.1:");
        return up;
    }

    /// <summary>Runs a command with the sandbox's data folder to its end.</summary>
    public async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using RunningCommand command = Start(arguments);
        return await command.EndAsync();
    }

    /// <summary>Starts a command that knows no data folder.</summary>
    public RunningCommand StartWithout(string[] arguments, params string[] more) => StartWith([], [.. arguments, .. more]);

    /// <summary>Starts a command with further environment variables; null takes one away.</summary>
    public RunningCommand StartWith(Dictionary<string, string?> environment, params string[] arguments) => StartIn([], environment, arguments);

    /// <summary>Starts a command behind other words, say those of a shell.</summary>
    public RunningCommand StartIn(string[] shell, Dictionary<string, string?> environment, params string[] arguments)
    {
        string[] words = [.. shell, ExecutablePath.Beside("Marathon.Cli"), .. arguments];
        ProcessStartInfo info = new(words[0], words[1..]) { WorkingDirectory = root };
        foreach ((string name, string? value) in environment)
        {
            info.Environment[name] = value;
        }

        info.Environment["HOME"] = Home;
        info.Environment["TMPDIR"] = Temporary;
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new RunningCommand(info);
    }

    /// <summary>Processes that were started in this sandbox, whatever has become of their parents.</summary>
    public IReadOnlyList<ProcessIdentity> Processes() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(n => int.TryParse(n, out int pid) && pid != Environment.ProcessId && IsHere(pid))
            .Select(n => ProcessIdentity.Of(int.Parse(n!)))
            .OfType<ProcessIdentity>(),
    ];

    /// <summary>Processes whose command line holds all of these.</summary>
    public IReadOnlyList<ProcessIdentity> Processes(params string[] words) => [.. Processes().Where(p => words.All(w => CommandLine(p.Pid).Contains(w, StringComparison.Ordinal)))];

    /// <summary>No process, no temporary file, nothing in the home folder, nothing but what the test itself has put beside the data folder.</summary>
    /// <param name="own">Names that the test made.</param>
    public async Task AssertNothingIsLeftAsync(params string[] own)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(Processes().Count == 0),
            () => "no process is left: " + string.Join(" | ", Processes().Select(p => CommandLine(p.Pid))));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Home));
        Assert.Empty(Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).Except(["data", "home", "tmp", .. own]));
        Assert.False(File.Exists(Path.Combine(Data, "controller.json")), "a controller that has left in order leaves no address");
        string runs = Path.Combine(Data, "runs");
        Assert.All(
            Directory.Exists(runs) ? Directory.EnumerateDirectories(runs) : [],
            run => Assert.False(Directory.Exists(Path.Combine(run, "cluster")), "the data of the run's own cluster goes with it"));
    }

    public void Dispose()
    {
        foreach (ProcessIdentity process in Processes())
        {
            process.Send(Signal.Kill);
        }

        // To look at what a test leaves, keep it.
        if (Environment.GetEnvironmentVariable("MARATHON_KEEP_SANDBOX") is null)
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string CommandLine(int pid) => ReadProc(pid, "cmdline").Replace('\0', ' ');

    private bool IsHere(int pid) => ReadProc(pid, "environ").Contains($"TMPDIR={Temporary}\0", StringComparison.Ordinal);

    private static string ReadProc(int pid, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
