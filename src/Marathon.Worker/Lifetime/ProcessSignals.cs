using System.Runtime.InteropServices;

namespace Marathon.Worker.Lifetime;

/// <summary>
/// SIGTERM, SIGINT and SIGUSR1 (notice of preemption) make the worker hand over and end. SIGHUP is ignored: the worker
/// outlives the terminal and the process that started it.
/// </summary>
public sealed class ProcessSignals : IDisposable
{
    private static readonly int s_preemption = OperatingSystem.IsMacOS() ? 30 : 10;
    private readonly List<PosixSignalRegistration> _registrations = [];

    public ProcessSignals(WorkerSession session, ILogger logger)
    {
        void On(PosixSignal signal, string name, Action act) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            logger.SignalReceived(name);
            act();
        }));

        On(PosixSignal.SIGTERM, "SIGTERM", () => session.Drain("SIGTERM"));
        On(PosixSignal.SIGINT, "SIGINT", () => session.Drain("SIGINT"));
        On(PosixSignal.SIGHUP, "SIGHUP", () => { });
        if (!OperatingSystem.IsWindows())
            On((PosixSignal)s_preemption, "SIGUSR1", () => session.Drain("notice of preemption"));
    }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
