using System.CommandLine;
using System.CommandLine.Help;
using Marathon.Cli.Api;
using Marathon.Cli.Commands;
using Marathon.Cli.Terminal;
using Marathon.Configuration;

namespace Marathon.Cli;

/// <summary>The command line: parses it, runs it, and turns what went wrong into one clear message and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Runs one command.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandConsole console)
    {
        ParseResult parsed = Create(console).Parse(arguments.Length == 0 ? ["--help"] : arguments);
        InvocationConfiguration invocation = new()
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            if (parsed.Errors.Count == 0)
            {
                return await parsed.InvokeAsync(invocation);
            }

            return await RefuseAsync(parsed, console);
        }
        catch (SpecException e)
        {
            foreach (SpecError error in e.Errors)
            {
                await console.Error.WriteLineAsync($"marathon: {error}");
            }

            return (int)ExitCode.BadInput;
        }
        catch (ApiProblemException e)
        {
            await console.Error.WriteLineAsync($"marathon: {e.Message}");
            return (int)ExitCode.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or HttpRequestException or TimeoutException)
        {
            await console.Error.WriteLineAsync($"marathon: {e.Message}");
            return (int)ExitCode.HarnessFault;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await console.Error.WriteLineAsync($"marathon: this should not happen: {e}");
            return (int)ExitCode.HarnessFault;
        }
    }

    /// <summary>All commands.</summary>
    public static Command Create(CommandConsole console)
    {
        Command root = new("marathon", "Marathon tests Kafka-compatible systems and gives a verdict on every record.\nIn a clone, ./marathon has two more: test (everything CI runs) and bench.") { new HelpOption(), new VersionOption() };
        Command[] commands =
        [
            RunCommand.Create(console),
            UpCommand.Create(console),
            ListCommand.Create(console),
            StatusCommand.Create(console),
            .. ControlCommands.Create(console),
            LoopCommand.Create(console),
            ReportCommand.Create(console),
            ScenariosCommand.CreateList(console),
            ScenariosCommand.CreateShow(console),
            SpecCommand.Create(console),
            TestbedCommand.Create(console),
            ClusterCommand.Create(console),
            DoctorCommand.Create(console),
            KeeperCommand.Create(console),
        ];
        Array.ForEach(commands, root.Add);
        return root;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, CommandConsole console)
    {
        Command command = parsed.CommandResult.Command;

        // What follows an unknown option was meant as its value.
        string[] unknown = [.. parsed.UnmatchedTokens.Where((token, i) => i == 0 || token.StartsWith('-') || !parsed.UnmatchedTokens[i - 1].StartsWith('-'))];
        IEnumerable<string> messages = unknown.Length == 0 ? parsed.Errors.Select(e => e.Message) : unknown.Select(token => Unknown(token, command));
        foreach (string message in messages)
        {
            await console.Error.WriteLineAsync($"marathon: {message}");
        }

        await console.Error.WriteLineAsync($"See: {PathOf(command)} --help");
        return (int)ExitCode.BadInput;
    }

    private static string Unknown(string token, Command command)
    {
        IEnumerable<Symbol> known = token.StartsWith('-') ? command.Options : command.Subcommands;
        string[] names = [.. known.Where(s => !s.Hidden).Select(s => s.Name)];
        return $"'{token}' is not understood; " + (names.Length == 0 ? "leave it out" : Suggestion.For(token, names));
    }

    private static string PathOf(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(PathOf).Append(command.Name));
}
