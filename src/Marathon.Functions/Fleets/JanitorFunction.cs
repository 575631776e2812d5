using Marathon.Azure.Janitor;
using Marathon.Controller.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Marathon.Functions.Fleets;

/// <summary>Removes what runs have left behind, every ten minutes.</summary>
public sealed partial class JanitorFunction(FleetJanitor janitor, IRunStore runs, ILogger<JanitorFunction> logger)
{
    /// <summary>Looks and removes. What goes slowly is found again until it has gone.</summary>
    [Function("Janitor")]
    public async Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (Leftover leftover in await janitor.FindAsync(LiveAsync, cancellationToken))
        {
            Removes(logger, leftover.Kind, leftover.Name, leftover.Reason);
            await janitor.RemoveAsync(leftover, cancellationToken);
        }
    }

    private async Task<IReadOnlySet<string>> LiveAsync(CancellationToken cancellationToken) =>
        (await runs.ListAsync(cancellationToken)).Where(run => run.End is null).Select(run => run.RunId).ToHashSet();

    [LoggerMessage(LogLevel.Information, "Removes {Kind} {Name}: {Reason}")]
    private static partial void Removes(ILogger logger, LeftoverKind kind, string name, string reason);
}
