using Marathon.Cli.Processes;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Janitor;

/// <summary>Workers and clusters that go on though no living run of the data folder has them.</summary>
internal sealed class ProcessLeftovers(DataFolder data) : ILeftoverSource
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> FindAsync(RunCensus census, CancellationToken cancellationToken)
    {
        List<Leftover> found = [];
        foreach (IGrouping<string, MachineProcess> run in MachineProcess.Of(data.Root).GroupBy(p => p.Run, StringComparer.Ordinal))
        {
            if (await census.WhyOverAsync(run.Key, cancellationToken) is { } reason)
            {
                found.AddRange(run.Select(p => new Leftover(
                    $"{p.Name} (pid {p.Process.Pid})", p.Run, reason, cancel => p.Process.TerminateAsync(s_grace, cancel))));
            }
        }

        return found;
    }
}
