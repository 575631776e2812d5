using System.CommandLine;
using System.Globalization;
using Marathon.Cli.Api;
using Marathon.Cli.Terminal;
using Marathon.Controller.Http;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> data = SharedOptions.Data();
        Option<Uri?> controller = SharedOptions.Controller();
        Command command = new("list", "List runs, oldest first") { data, controller };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using IRunDirectory runs = await ControllerAddress.OpenDirectoryAsync(parsed.GetValue(controller), parsed.GetRequiredValue(data), cancellationToken);
            IReadOnlyList<RunSummary> all = await runs.ListAsync(cancellationToken);
            if (all.Count == 0)
            {
                await console.Error.WriteLineAsync("there are no runs yet; start one: marathon run tail-read");
                return (int)ExitCode.Pass;
            }

            await Columns.WriteAsync(console.Out, [["RUN", "STATE", "VERDICT", "STARTED", "TOOK"], .. all.Select(Row)]);
            return (int)ExitCode.Pass;
        });
        return command;
    }

    private static string[] Row(RunSummary run) =>
    [
        run.Id,
        run.State,
        run.Verdict ?? "-",
        run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        run.EndedAt is { } ended ? string.Create(CultureInfo.InvariantCulture, $"{(ended - run.StartedAt).TotalSeconds:0}s") : "-",
    ];
}
