using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marathon.Functions.Runs;

/// <summary>
/// Lets invocations that run come to their end when the app is told to stop. The worker itself ends with its process whatever it
/// runs. What is cut off all the same is done again by another instance, for every activity may be done twice.
/// </summary>
internal sealed partial class Drain(TimeProvider time, ILogger<Drain> logger) : IFunctionsWorkerMiddleware, IHostedService
{
    // A host has half a minute to stop; the rest is for telemetry.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;
    private bool stopping;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        lock (gate) running++;
        try
        {
            await next(context);
        }
        finally
        {
            lock (gate)
            {
                if (--running == 0 && stopping) idle.TrySetResult();
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            stopping = true;
            if (running == 0) idle.TrySetResult();
        }
        try
        {
            await idle.Task.WaitAsync(s_patience, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            CutsOff(logger, running);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The app stops although {Count} invocations run: another instance does their work again")]
    private static partial void CutsOff(ILogger logger, int count);
}
