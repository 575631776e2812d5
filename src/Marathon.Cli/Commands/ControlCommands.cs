using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Marathon.Cli.Api;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Controller.Http;

namespace Marathon.Cli.Commands;

/// <summary><c>interrupt</c>, <c>pause</c>, <c>resume</c> and <c>throughput</c>.</summary>
internal static class ControlCommands
{
    public static IEnumerable<Command> Create(CommandConsole console) =>
    [
        Simple(console, "interrupt", "End a run early; it cleans up and reports what it has seen"),
        Simple(console, "pause", "Let a run's load rest at rate 0; consumption goes on, clocks stop"),
        Simple(console, "resume", "Go on with a paused run"),
        Throughput(console),
    ];

    private static Command Simple(CommandConsole console, string action, string description)
    {
        Option<string?> reason = new("--reason") { Description = "Why, for the report", HelpName = "TEXT" };
        Command command = new(action, description) { reason };
        Wire(console, command, action, parsed => parsed.GetValue(reason) is { } text ? new InterruptBody(text) : null);
        return command;
    }

    private static Command Throughput(CommandConsole console)
    {
        Argument<string> rate = new("rate") { Description = "Records per second, all workers together, or max", HelpName = "RATE" };
        Command command = new("throughput", "Change a run's offered load");
        Wire(console, command, "throughput", parsed => new ThroughputBody(RateOf(parsed.GetRequiredValue(rate))));
        command.Add(rate);
        return command;
    }

    private static void Wire(CommandConsole console, Command command, string action, Func<ParseResult, object?> body)
    {
        Argument<string> run = SharedOptions.Run();
        Option<string> data = SharedOptions.Data();
        Option<Uri?> controller = SharedOptions.Controller();
        command.Add(run);
        command.Add(data);
        command.Add(controller);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            object? content = body(parsed);
            using MarathonClient client = await ControllerAddress.OpenAsync(parsed.GetValue(controller), parsed.GetRequiredValue(data), cancellationToken);
            string id = parsed.GetRequiredValue(run);
            await client.PostAsync($"api/runs/{Uri.EscapeDataString(id)}/{action}", content, cancellationToken);
            await console.Error.WriteLineAsync($"{action} of {id}: accepted");
            return (int)ExitCode.Pass;
        });
    }

    private static JsonElement RateOf(string text) =>
        text == "max" ? JsonSerializer.SerializeToElement(text)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate >= 0 && double.IsFinite(rate) ? JsonSerializer.SerializeToElement(rate)
        : throw new SpecException("rate", $"'{text}' is no rate", "give records per second, 0 or more, or max");
}
