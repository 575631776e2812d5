using System.CommandLine;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Scenarios;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon scenarios</c> and <c>marathon scenario NAME</c>.</summary>
internal static class ScenariosCommand
{
    public static Command CreateList(CommandConsole console)
    {
        Command command = new("scenarios", "List the scenarios");
        command.SetAction(async (_, _) =>
        {
            await Columns.WriteAsync(console.Out, [.. ScenarioCatalog.BuiltIn.Scenarios.Select(s => (string[])[s.Name, s.Summary])]);
            await console.Out.WriteLineAsync("\nKeys, defaults and units of one: marathon scenario NAME");
            return (int)ExitCode.Pass;
        });
        return command;
    }

    public static Command CreateShow(CommandConsole console)
    {
        Argument<string> name = new("name") { Description = "Name of the scenario", HelpName = "NAME" };
        Command command = new("scenario", "Show a scenario: when it passes, and every key of its configuration") { name };
        command.SetAction(async (parsed, _) =>
        {
            ScenarioDefinition scenario = ScenarioCatalog.BuiltIn.Get(parsed.GetRequiredValue(name));
            await console.Out.WriteLineAsync($"{scenario.Name}: {scenario.Summary}\nPasses when: {scenario.PassesWhen}\n");
            foreach (ConfigField field in scenario.Schema.Fields)
            {
                await console.Out.WriteLineAsync($"{field.Key} = {field.DefaultText}    [{field.Takes}]\n    {field.Attribute.Description}");
            }

            await console.Out.WriteLineAsync($"\nSet one with --set KEY=VALUE, or in a spec:\n  scenario: {scenario.Name}\n  duration: 30s\n  config: {{partitions: 12, ratePerSecond: 5000}}");
            return (int)ExitCode.Pass;
        });
        return command;
    }
}
