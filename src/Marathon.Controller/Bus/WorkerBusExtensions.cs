using Marathon.Controller.Workers;

namespace Marathon.Controller.Bus;

/// <summary>One command to many.</summary>
public static class WorkerBusExtensions
{
    private const int AtOnce = 64;

    /// <summary>Sends to many workers side by side; tells of each whether it acknowledged, in the order given.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="runId">The run.</param>
    /// <param name="messages">To whom, and what.</param>
    /// <param name="within">How long each may take to answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<CommandOutcome>> PublishAsync(
        this IWorkerBus bus,
        string runId,
        IReadOnlyList<(RegisteredWorker To, WorkerMessage Message)> messages,
        TimeSpan within,
        CancellationToken cancellationToken)
    {
        CommandOutcome[] outcomes = new CommandOutcome[messages.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, messages.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, cancel) => outcomes[i] = await bus.SendAsync(runId, messages[i].To, messages[i].Message, within, cancel));
        return outcomes;
    }
}
