using System.Collections.Concurrent;
using Marathon.Azure.Tests.Fakes;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>Keeps a process for every machine that the fake platform runs, and none for those that are gone.</summary>
internal sealed class LocalMachines : IAsyncDisposable
{
    private readonly FakeArm arm;
    private readonly FakePlatform platform;
    private readonly string folder;
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Evicted, Task Life)> machines = new();
    private readonly CancellationTokenSource over = new();
    private readonly Task watch;

    public LocalMachines(FakeArm arm, FakePlatform platform, string folder)
    {
        (this.arm, this.platform, this.folder) = (arm, platform, folder);
        WriteDocker();
        watch = WatchAsync();
    }

    /// <summary>How many there have been.</summary>
    public int Count => machines.Count;

    /// <summary>What machines wrote on their consoles.</summary>
    public string Consoles => string.Join("\n", Directory.EnumerateFiles(folder, "console.log", SearchOption.AllDirectories).Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watch;
        over.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!over.IsCancellationRequested)
        {
            Dictionary<string, FakeMachine> running = arm.Running.Where(machine => !machine.IsPoweredOff).ToDictionary(machine => machine.Name);
            // What was switched off and is on again boots again.
            foreach (FakeMachine machine in running.Values.Where(machine => !machines.TryGetValue(machine.Name, out var known) || (known.Evicted.IsCancellationRequested && known.Life.IsCompleted)))
                Start(machine);
            await Task.WhenAll(machines.Where(machine => !running.ContainsKey(machine.Key)).Select(machine => machine.Value.Evicted.CancelAsync()));
            await Task.Delay(100);
        }
        await Task.WhenAll(machines.Values.Select(machine => machine.Evicted.CancelAsync()));
        await Task.WhenAll(machines.Values.Select(machine => machine.Life));
    }

    private void Start(FakeMachine machine)
    {
        string own = Directory.CreateDirectory(Path.Combine(folder, machine.Name)).FullName;
        string customData = (string)machine.Set!.Model["properties"]!["virtualMachineProfile"]!["osProfile"]!["customData"]!;
        CancellationTokenSource evicted = new();
        machines[machine.Name] = (evicted, LiveAsync(new LocalMachine(own, LocalMachine.CloudInitOf(customData), StandIns(machine.Name, own)), evicted.Token));
    }

    private static async Task LiveAsync(LocalMachine machine, CancellationToken evicted)
    {
        try
        {
            await machine.RunAsync(evicted);
        }
        catch (OperationCanceledException) when (evicted.IsCancellationRequested)
        {
            // It was evicted.
        }
    }

    private Dictionary<string, string> StandIns(string machine, string own) => new()
    {
        ["PATH"] = $"{Path.Combine(folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        ["HOME"] = own,
        ["MARATHON_IMDS"] = platform.MetadataOf(machine).AbsoluteUri,
        ["MARATHON_REGISTRY_URL"] = platform.Address.AbsoluteUri.TrimEnd('/'),
        ["MARATHON_STATE"] = Path.Combine(own, "state"),
        ["MARATHON_RETRY_SECONDS"] = "0.5",
    };

    /// <summary>A docker that starts the worker's program in the place of its image, with the variables that it was told to pass on.</summary>
    private void WriteDocker()
    {
        string docker = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "docker");
        File.WriteAllText(docker, $$"""
            #!/usr/bin/env bash
            set -euo pipefail
            case $1 in
              login) cat >/dev/null; exit 0 ;;
              run) shift ;;
              *) exit 0 ;;
            esac
            environment=("PATH=$PATH" "HOME=$HOME" "DOTNET_ROOT={{Path.GetDirectoryName(Environment.ProcessPath)}}")
            while [ "${1#-}" != "$1" ]; do
              case $1 in
                --env) if [ -n "${!2:-}" ]; then environment+=("$2=${!2}"); fi; shift 2 ;;
                --volume) data=${2%%:*}; shift 2 ;;
                --rm|--read-only) shift ;;
                *) shift 2 ;;
              esac
            done
            shift
            mkdir -p "$data"
            arguments=()
            for argument; do if [ "$argument" = /data ]; then argument=$data; fi; arguments+=("$argument"); done
            exec env -i "${environment[@]}" {{Path.Combine(AppContext.BaseDirectory, "Marathon.Worker")}} "${arguments[@]}"
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
