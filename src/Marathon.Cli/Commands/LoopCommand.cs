using System.CommandLine;
using System.Text.Json;
using Marathon.Cli.Api;
using Marathon.Cli.Lies;
using Marathon.Cli.Specs;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Controller.Storage;
using Marathon.Runs;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon loop</c>: the continuous loop of a controller.</summary>
internal static class LoopCommand
{
    private static readonly JsonSerializerOptions s_indented = new(ControllerJson.Options) { WriteIndented = true };

    public static Command Create(CommandConsole console)
    {
        Command loop = new("loop", "Run a list of specs for ever");
        Argument<string[]> specs = new("spec") { Description = "Spec files, in order", HelpName = "SPEC", Arity = ArgumentArity.OneOrMore };
        Command set = new("set", "Give the list of runs") { specs };
        Wire(console, set, HttpMethod.Put, "api/loop", parsed => parsed.GetRequiredValue(specs).SelectMany(SpecFile.Read).Select(Prepared).ToArray());
        loop.Add(set);
        Command status = new("status", "Show the list and what runs now");
        Wire(console, status, HttpMethod.Get, "api/loop", _ => null);
        loop.Add(status);
        foreach ((string action, string description) in ((string, string)[])
            [("start", "Begin with the first"), ("pause", "Start no further run"), ("resume", "Go on"), ("skip", "Interrupt the run under way and go to the next"), ("stop", "Interrupt and end the loop")])
        {
            Command command = new(action, description);
            Wire(console, command, HttpMethod.Post, $"api/loop/{action}", _ => null);
            loop.Add(command);
        }

        return loop;
    }

    private static RunSpec Prepared(SpecEntry entry)
    {
        try
        {
            return LiesOfSpec.Prepare(entry.Spec, _ => { });
        }
        catch (SpecException e)
        {
            throw entry.Locate(e);
        }
    }

    private static void Wire(CommandConsole console, Command command, HttpMethod method, string path, Func<ParseResult, object?> body)
    {
        Option<string> data = SharedOptions.Data();
        Option<Uri?> controller = SharedOptions.Controller();
        command.Add(data);
        command.Add(controller);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            object? content = body(parsed);
            using MarathonClient client = await ControllerAddress.OpenAsync(parsed.GetValue(controller), parsed.GetRequiredValue(data), cancellationToken);
            string answer = await client.CallAsync(method, path, content, cancellationToken);
            if (answer.Length > 0)
            {
                using JsonDocument json = JsonDocument.Parse(answer);
                await console.Out.WriteLineAsync(JsonSerializer.Serialize(json, s_indented));
            }

            return (int)ExitCode.Pass;
        });
    }
}
