using System.CommandLine;
using Marathon.Cli.Doctor;
using Marathon.Cli.Terminal;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> data = SharedOptions.Data();
        Command command = new("doctor", "Say what is missing on this machine and how to get it; exit code 5 when runs cannot work") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<Finding> findings = await Examination.RunAsync(parsed.GetRequiredValue(data), cancellationToken);
            foreach (Finding finding in findings)
            {
                await console.Out.WriteLineAsync($"{Mark(finding.State)}  {finding.Name,-12} {finding.Detail}");
                if (finding.Remedy is { } remedy)
                {
                    await console.Out.WriteLineAsync($"{"",20}get it: {remedy}");
                }
            }

            return (int)(findings.Any(f => f.State == FindingState.Missing) ? ExitCode.HarnessFault : ExitCode.Pass);
        });
        return command;
    }

    private static string Mark(FindingState state) => state switch
    {
        FindingState.Fine => "ok    ",
        FindingState.Optional => "absent",
        _ => "BROKEN",
    };
}
