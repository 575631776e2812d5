namespace Marathon.Cli.Terminal;

/// <summary>Where a command writes: results to the one, everything that is told on the way to the other.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="ErrorIsTerminal">Whether somebody watches <paramref name="Error"/>: then it may be redrawn and coloured.</param>
public sealed record CommandConsole(TextWriter Out, TextWriter Error, bool ErrorIsTerminal)
{
    /// <summary>The process's own.</summary>
    public static CommandConsole Standard { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);

    /// <summary>The line that scripts wait for, at once.</summary>
    public void ServesAt(string bootstrapServers)
    {
        Out.WriteLine($"bootstrap.servers={bootstrapServers}");
        Out.Flush();
    }
}
