using System.Diagnostics;
using Marathon.Worker.Commands;
using Marathon.Worker.Controller;
using Marathon.Worker.Lifetime;
using Marathon.Workers;

namespace Marathon.Worker.Reporting;

/// <summary>Makes the worker known to the controller, which may still be on its way up.</summary>
public sealed class Registrar(
    WorkerArguments arguments, ControllerClient controller, Lease lease, TimeProvider clock, ILogger<Registrar> logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries until the controller takes it. False when the worker ends instead.</summary>
    public async Task<bool> RegisterAsync(Node node, WorkerSession session)
    {
        logger.Listening(node.BaseUri);
        using var process = Process.GetCurrentProcess();
        var registration = new Registration(
            node, [.. CommandEndpoint.Names], arguments.Epoch, Environment.ProcessId, new DateTimeOffset(process.StartTime));
        for (var first = true; !session.Ended.IsCompleted; first = false)
        {
            if (await TryAsync(registration, session.Ending) is not { } reply)
                return false;
            switch (reply.Kind)
            {
                case ReplyKind.Accepted:
                    lease.Renew(TimeSpan.Zero);
                    logger.Registered();
                    return true;
                case ReplyKind.Replaced:
                    session.End(WorkerEnd.Replaced, $"the controller answered the registration with {reply.Detail}");
                    break;
                default:
                    if (first)
                        logger.RegistrationDelayed(reply.Detail, lease.Remaining.TotalSeconds);
                    await Task.WhenAny(session.Ended, Task.Delay(s_pause, clock));
                    break;
            }
        }

        return false;
    }

    /// <summary>Null when the worker ends meanwhile.</summary>
    private async Task<Reply<object>?> TryAsync(Registration registration, CancellationToken ending)
    {
        try
        {
            return await controller.RegisterAsync(registration, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return null;
        }
    }
}
