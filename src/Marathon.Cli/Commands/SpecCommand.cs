using System.CommandLine;
using Marathon.Cli.Lies;
using Marathon.Cli.Specs;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Controller.Loop;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon spec check FILE</c>.</summary>
internal static class SpecCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> file = new("file") { Description = "YAML or JSON file", HelpName = "FILE" };
        Command check = new("check", "Check a spec without running it; exit code 2 names what is wrong") { file };
        check.SetAction(async (parsed, _) =>
        {
            string path = parsed.GetRequiredValue(file);
            foreach (SpecEntry entry in SpecFile.Read(path))
            {
                await console.Out.WriteLineAsync($"{path}: {Check(entry)}");
            }

            return (int)ExitCode.Pass;
        });
        return new Command("spec", "Work with spec files") { check };
    }

    private static string Check(SpecEntry entry)
    {
        try
        {
            RunSpec spec = LiesOfSpec.Prepare(entry.Spec, _ => { });
            LoopPolicy.Of(spec);
            WorkloadConfig config = ScenarioCatalog.BuiltIn.Get(spec.Scenario).Bind(spec);
            return $"{spec.Scenario} on {spec.Cluster}, {spec.Workers} workers, {QuantityText.Format(config.Duration)}: fine";
        }
        catch (SpecException e)
        {
            throw entry.Locate(e);
        }
    }
}
