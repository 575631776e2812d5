using Marathon.Cli.Terminal;
using Spectre.Console;

namespace Marathon.Cli.Running;

/// <summary>Chooses how progress is shown.</summary>
internal static class Displays
{
    /// <summary>A panel where somebody watches, else lines.</summary>
    public static IRunDisplay Create(CommandConsole console, string runId)
    {
        if (!console.ErrorIsTerminal)
        {
            return new PlainDisplay(console.Error, TimeProvider.System);
        }

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) });
        return terminal.Profile.Capabilities.Ansi ? new LiveDisplay(terminal, runId) : new PlainDisplay(console.Error, TimeProvider.System);
    }
}
