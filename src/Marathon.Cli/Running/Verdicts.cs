using Marathon.Cli.Terminal;
using Marathon.Controller.Http;
using Marathon.Reports;

namespace Marathon.Cli.Running;

/// <summary>Verdicts as exit codes.</summary>
public static class Verdicts
{
    private static readonly ExitCode[] s_worstFirst =
        [ExitCode.Violation, ExitCode.HarnessFault, ExitCode.Indeterminate, ExitCode.SloMiss, ExitCode.Interrupted, ExitCode.Pass];

    /// <summary>Of a report.</summary>
    public static ExitCode ExitCodeOf(Report report) => ExitCodeOf(report.Verdict, report.Outcome);

    /// <summary>Of a run that has ended, with a report or without.</summary>
    public static ExitCode ExitCodeOf(RunSummary run) => ExitCodeOf(run.Verdict, run.Outcome);

    /// <summary>Of several runs: the one that matters most.</summary>
    public static ExitCode Worst(IEnumerable<ExitCode> codes) => codes.DefaultIfEmpty(ExitCode.Pass).MinBy(c => Array.IndexOf(s_worstFirst, c));

    private static ExitCode ExitCodeOf(string? verdict, string? outcome) => (verdict, outcome) switch
    {
        ("violation", _) => ExitCode.Violation,
        (_, "interrupted") => ExitCode.Interrupted,
        ("pass", _) => ExitCode.Pass,
        ("slo-miss", _) => ExitCode.SloMiss,
        ("indeterminate", _) => ExitCode.Indeterminate,
        _ => ExitCode.HarnessFault,
    };
}
