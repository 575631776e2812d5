using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Control;

/// <summary>
/// On which broker the controller is active. When that broker does not answer, another takes over after the election time-out, as
/// long as a majority answers (with fewer than three brokers, as long as one does).
/// </summary>
internal sealed class ControllerQuorum(Controller controller, ClusterNetwork network, TestbedOptions options)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ElectionTimeout = TimeSpan.FromSeconds(1);

    private int _activeId = -1;
    private DateTimeOffset _lastSeen;

    public Controller Controller { get; } = controller;

    public int? ActiveId => Volatile.Read(ref _activeId) is var id and >= 0 ? id : null;

    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Tick, options.Time);
        var last = options.Time.GetUtcNow();
        do
        {
            var now = options.Time.GetUtcNow();
            var stalled = now - last > Tick * 10;
            last = now;
            if (stalled)
                Controller.Forgive(now);
            Check(now);
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private void Check(DateTimeOffset now)
    {
        int[] answering = [.. Enumerable.Range(1, options.Brokers).Where(Answers)];
        if (ActiveId is { } active && answering.Contains(active) && HasQuorum(active, answering))
        {
            _lastSeen = now;
            Controller.CheckSessions();
            return;
        }

        if (ActiveId is not null && now - _lastSeen < ElectionTimeout)
            return;
        var next = answering.FirstOrDefault(id => HasQuorum(id, answering), -1);
        if (next == _activeId)
            return;
        Volatile.Write(ref _activeId, next);
        _lastSeen = now;
        if (next >= 0)
            Controller.OnActive(next);
    }

    private bool Answers(int id) => network.Find(id) is { Gate.IsPaused: false };

    private bool HasQuorum(int id, int[] answering)
    {
        var reachable = answering.Count(other => !network.IsCut(id, other) && !network.IsCut(other, id));
        return reachable >= (options.Brokers < 3 ? 1 : options.Brokers / 2 + 1);
    }
}
