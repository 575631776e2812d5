using System.CommandLine;
using Marathon.Cli.Api;
using Marathon.Cli.Terminal;
using Marathon.Configuration;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon report RUN</c>.</summary>
internal static class ReportCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> run = SharedOptions.Run();
        Option<string> format = new("--format") { Description = "Format of the report", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("html", "json", "junit");
        Option<string?> file = new("--out") { Description = "File to write; the default is stdout", HelpName = "FILE" };
        Option<string> data = SharedOptions.Data();
        Option<Uri?> controller = SharedOptions.Controller();
        Command command = new("report", "Fetch the report of a run that has ended") { run, format, file, data, controller };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using IRunDirectory runs = await ControllerAddress.OpenDirectoryAsync(parsed.GetValue(controller), parsed.GetRequiredValue(data), cancellationToken);
            string id = parsed.GetRequiredValue(run);
            byte[]? report = await runs.FindReportAsync(id, parsed.GetRequiredValue(format), cancellationToken);
            if (report is null)
            {
                string state = (await runs.FindAsync(id, cancellationToken) ?? throw StatusCommand.NoSuchRun(id)).State;
                throw new SpecException("run", $"'{id}' has no report: it is {state}", "wait until it has ended: marathon status " + id);
            }

            await WriteAsync(report, parsed.GetValue(file), console, cancellationToken);
            return (int)ExitCode.Pass;
        });
        return command;
    }

    private static async Task WriteAsync(byte[] report, string? file, CommandConsole console, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await console.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(report).TrimEnd());
            return;
        }

        try
        {
            await File.WriteAllBytesAsync(file, report, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpecException("--out", $"'{file}' cannot be written: {e.Message}", "name a file in a folder that is there and writable");
        }
    }
}
