using System.CommandLine;
using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Cli.Running;
using Marathon.Cli.Storage;
using Marathon.Cli.Terminal;
using Marathon.Durable.Embedded;

namespace Marathon.Cli.Commands;

/// <summary>
/// <c>marathon up</c>: the controller, until a signal. Then its runs are interrupted, cleaned up and reported, or, with
/// <c>--handover</c>, left to the next controller as they are.
/// </summary>
internal static class UpCommand
{
    private const int DefaultPort = 7071;
    private static readonly TimeSpan s_handoverWithin = TimeSpan.FromSeconds(30);

    public static Command Create(CommandConsole console)
    {
        Option<int> port = SharedOptions.Ranged("--port", "Port to listen on, on 127.0.0.1; 0 is any free one", DefaultPort, 0, 65_535);
        Option<string> data = SharedOptions.Data();
        Option<bool> handover = new("--handover") { Description = "Take over from the living owner of the data folder with its runs, and leave them to the next one at the end" };
        Option<TimeSpan> lease = SharedOptions.Lease();
        Command command = new("up", "Start the controller and stay; unfinished runs of the data folder go on") { port, data, handover, lease };
        command.SetAction(async (parsed, _) =>
        {
            using Interrupts interrupts = new();
            OwnerOptions options = new(DataFolderCheck.Run(parsed.GetRequiredValue(data)).Path, parsed.GetValue(port), parsed.GetRequiredValue(lease));
            if (await ControllerFile.ReadLivingAsync(options.Data, interrupts.First) is { } living)
            {
                if (!parsed.GetValue(handover))
                {
                    return await RefuseAsync(console, options.Data, $"{living.Url} (pid {living.Pid})");
                }

                using MarathonClient client = new(living.Url, living.OperatorKey);
                await client.PostAsync(HandoverRoute.Path, null, interrupts.First);
            }

            return await ServeAsync(options, parsed.GetValue(handover), console, interrupts);
        });
        return command;
    }

    private static async Task<int> ServeAsync(OwnerOptions options, bool handover, CommandConsole console, Interrupts interrupts)
    {
        CancellationToken interrupted = interrupts.First;
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using OwnerHost host = await OwnerHost.StartAsync(options, interrupted);
                await console.Out.WriteLineAsync($"controller {host.File.Url} on {options.Data}, key in {ControllerFile.PathOf(options.Data)}");
                await console.Out.FlushAsync(interrupted);
                using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(interrupted, host.HandoverAsked);
                await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (interrupted.IsCancellationRequested && !handover)
                {
                    return await EndAsync(host, options, console, interrupts.Second);
                }

                await console.Error.WriteLineAsync(interrupted.IsCancellationRequested ? "stopping; unfinished runs go on with the next controller" : "handing over to another controller");
                return (int)ExitCode.Pass;
            }
            catch (DurableStoreInUseException e)
            {
                if (!handover || TimeProvider.System.GetElapsedTime(since) > s_handoverWithin)
                {
                    return await RefuseAsync(console, options.Data, e.OwnerProcessId is { } pid ? $"pid {pid}" : "another process");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), interrupted);
            }
        }
    }

    private static async Task<int> EndAsync(OwnerHost host, OwnerOptions options, CommandConsole console, CancellationToken leave)
    {
        try
        {
            IReadOnlyList<string> runs = await host.End.BeginAsync(leave);
            await console.Error.WriteLineAsync(runs.Count == 0
                ? "stopping; no run is under way"
                : $"stopping: interrupting {string.Join(", ", runs)}, to clean up and report; once more leaves now");
            await host.End.FinishAsync(leave);
            return (int)ExitCode.Pass;
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            string[] left = [.. (await host.End.UnderWayAsync(CancellationToken.None)).SelectMany(run => LeftBehind.Of(new RunFolder(options.Data, run)))];
            await console.Error.WriteLineAsync(left.Length == 0
                ? $"nothing is left running; to go on with what is unfinished: marathon up --data {options.Data}"
                : LeftBehind.Describe(left, options.Lease, $"marathon up --data {options.Data}"));
            return (int)ExitCode.Interrupted;
        }
    }

    private static async Task<int> RefuseAsync(CommandConsole console, string data, string owner)
    {
        await console.Error.WriteLineAsync($"marathon: --data: '{data}' is owned by a running controller, {owner}; use that one, stop it, take over with --handover, or choose another folder");
        return (int)ExitCode.HarnessFault;
    }
}
