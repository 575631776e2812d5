using Marathon.Controller.Loop;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using DurableTaskClient = Microsoft.DurableTask.Client.DurableTaskClient;

namespace Marathon.Functions.Runs;

/// <summary>
/// Starts again, every five minutes, what should be running and is not: the loop where its orchestration broke, and runs that were
/// accepted by an instance that died before it could start them. A loop that was stopped, or has stopped itself, stays so.
/// </summary>
public sealed partial class KeepGoingFunction(DurableClient client, RunAdmission admission, ILogger<KeepGoingFunction> logger)
{
    /// <summary>Looks and starts.</summary>
    /// <param name="timer">When it is time.</param>
    /// <param name="durable">
    /// Not used here. The build takes the Durable extension along for the host only where a function names one of its bindings, and
    /// orchestrators and activities have theirs made up at run time.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the app shuts down.</param>
    [Function("KeepGoing")]
    public async Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        await admission.ResumeAsync(cancellationToken);
        await KeepLoopAsync(client, logger, cancellationToken);
    }

    internal static async Task KeepLoopAsync(DurableClient client, ILogger logger, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? loop = await client.GetInstanceAsync(LoopOrchestrator.InstanceId, getInputsAndOutputs: true, cancellationToken);
        if (loop is not { RuntimeStatus: OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated })
        {
            return;
        }

        LoopStartsAgain(logger, loop.FailureDetails?.ErrorMessage ?? loop.RuntimeStatus.ToString());
        StartOrchestrationOptions options = new StartOrchestrationOptions(LoopOrchestrator.InstanceId).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(LoopOrchestrator), LoopPosition.Start, options, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody else was faster.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The loop broke and starts again: {Reason}")]
    private static partial void LoopStartsAgain(ILogger logger, string reason);
}
