using Marathon.Controller.Http;
using Marathon.Controller.Loop;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Durable.Embedded;

namespace Marathon.Cli.Owner;

/// <summary>
/// An owner's end that leaves nothing behind: no new work, and every run is interrupted, cleaned up and reported. The loop
/// stands still meanwhile; the next owner lets it go on with its next run.
/// </summary>
internal sealed class OrderlyEnd(DurableClient client, IRunStore runs)
{
    private const string Reason = "its controller was told to end";
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(200);
    private readonly HashSet<string> told = [];
    private volatile bool begun;

    /// <summary>Refuses new work from the moment that the end begins.</summary>
    public static void Map(WebApplication web)
    {
        OrderlyEnd end = web.Services.GetRequiredService<OrderlyEnd>();
        web.Use((context, next) => end.begun && IsNewWork(context.Request)
            ? new ProblemException(StatusCodes.Status503ServiceUnavailable, "The controller is ending", "it takes no new work: ask the next one")
                .ToResult().ExecuteAsync(context)
            : next(context));
    }

    /// <summary>Lets a loop go on that an earlier owner's end has left standing still.</summary>
    public async Task WakeLoopAsync(CancellationToken cancellationToken)
    {
        if (await LoopStatusAsync(cancellationToken) is OrchestrationRuntimeStatus.Suspended)
        {
            await client.ResumeInstanceAsync(LoopOrchestrator.InstanceId, "a controller is there again", cancellationToken);
        }
    }

    /// <summary>Begins the end and interrupts what is under way; answers which runs that are. Whoever waits no longer leaves them interrupted.</summary>
    public async Task<IReadOnlyList<string>> BeginAsync(CancellationToken leave)
    {
        begun = true;
        if (await LoopStatusAsync(leave) is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending)
        {
            await client.SuspendInstanceAsync(LoopOrchestrator.InstanceId, Reason, leave);
        }

        IReadOnlyList<string> underWay = await UnderWayAsync(leave);
        await InterruptAsync(underWay);
        return underWay;
    }

    /// <summary>Waits for the reports of what is under way.</summary>
    /// <exception cref="OperationCanceledException">Somebody would not wait.</exception>
    public async Task FinishAsync(CancellationToken leave)
    {
        while (true)
        {
            // The loop first: until it stands still, it may begin a run.
            bool loops = await LoopStatusAsync(leave) is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending;
            IReadOnlyList<string> underWay = await UnderWayAsync(leave);
            if (underWay.Count == 0 && !loops)
            {
                return;
            }

            await InterruptAsync(underWay);
            await Task.Delay(s_pollInterval, leave);
        }
    }

    /// <summary>Runs whose orchestration goes on. One that the loop was about to begin is the next owner's to begin.</summary>
    public async Task<IReadOnlyList<string>> UnderWayAsync(CancellationToken cancellationToken)
    {
        List<string> underWay = [];
        foreach (RunRecord run in await runs.ListAsync(cancellationToken))
        {
            if (run.End is null && await client.GetInstanceAsync(run.RunId, cancellationToken) is { IsCompleted: false })
            {
                underWay.Add(run.RunId);
            }
        }

        return underWay;
    }

    private async Task InterruptAsync(IReadOnlyList<string> underWay)
    {
        foreach (string runId in underWay.Where(told.Add))
        {
            await client.RaiseEventAsync(runId, RunSignal.EventName, new RunSignal(RunSignalKind.Interrupt, Reason));
        }
    }

    private static bool IsNewWork(HttpRequest request) => !HttpMethods.IsGet(request.Method)
        && (request.Path.Equals("/api/runs") || request.Path.StartsWithSegments("/api/loop")
            || request.Path.StartsWithSegments(DurableManagementEndpoints.BasePath + "/orchestrators"));

    private async Task<OrchestrationRuntimeStatus?> LoopStatusAsync(CancellationToken cancellationToken) =>
        (await client.GetInstanceAsync(LoopOrchestrator.InstanceId, cancellationToken))?.RuntimeStatus;
}
