using System.Text.Json;
using Marathon.Cli.Terminal;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    /// <summary>Stdout of <c>run --json</c>.</summary>
    public Report Report => JsonSerializer.Deserialize<Report>(Out, ReportJson.Options)!;

    /// <summary>Of the line that <c>run</c> writes first of all.</summary>
    public string RunId => Error.StartsWith("run ", StringComparison.Ordinal) ? Error.Split('\n')[0]["run ".Length..] : throw new InvalidDataException($"no run id comes first in: {Error}");

    /// <summary>Fails with everything that was written, for that tells why.</summary>
    public CommandResult Exits(ExitCode expected)
    {
        Assert.True(ExitCode == (int)expected, $"exit code {ExitCode}, expected {(int)expected}\nstdout:\n{Out}\nstderr:\n{Error}");
        return this;
    }
}
