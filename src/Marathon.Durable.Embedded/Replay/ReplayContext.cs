using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>The context of one episode: it numbers what the orchestrator asks for and answers from the history.</summary>
internal sealed partial class ReplayContext(EpisodeSettings settings, InstanceHead head, ReplaySynchronizationContext thread)
    : OrchestrationContext
{
    private readonly ExternalEvents _events = new(settings.Converter);
    private readonly SortedDictionary<int, OrchestratorAction> _actions = [];
    private readonly Dictionary<int, OpenTask> _openTasks = [];
    private readonly HashSet<int> _cancelledTimers = [];
    private int _nextId;
    private int _guids;
    private DateTime _now;
    private bool _isReplaying;

    public override TaskName Name => head.Name;

    public override string InstanceId => head.InstanceId;

    public override ParentOrchestrationInstance? Parent { get; } =
        head.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    public object? Input { get; set; }

    public string? CustomStatus { get; private set; }

    /// <summary>Set once ContinueAsNew was called; the last call wins.</summary>
    public NextGeneration? Next { get; private set; }

    public bool HasOpenTasks => _openTasks.Count > 0;

    /// <summary>What was asked for and is not in the history yet, by ascending id.</summary>
    public IReadOnlyCollection<OrchestratorAction> NewActions => _actions.Values;

    public IReadOnlySet<int> CancelledTimers => _cancelledTimers;

    protected override ILoggerFactory LoggerFactory => settings.LoggerFactory;

    private DataConverter Converter => settings.Converter;

    public override T? GetInput<T>()
        where T : default => (T?)Input;

    public override Guid NewGuid()
    {
        EnsureOnThread();
        return DeterministicGuid.Create(InstanceId, _now, _guids++);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOnThread();
        string? serialized = Converter.Serialize(customStatus);
        PayloadLimits.CheckCustomStatus(serialized);
        CustomStatus = serialized;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOnThread();
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        Send(instanceId, eventName, Serialize(payload, "The payload of event '" + eventName + "'"));
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOnThread();
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        return _events.WaitFor<T>(eventName, cancellationToken);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureOnThread();
        Next = new NextGeneration(Serialize(newInput, "The input of the next generation"), Next?.Carryover ?? []);
        if (!preserveUnprocessedEvents)
            return;
        foreach ((string name, string? payload) in _events.TakeBuffered())
            Send(InstanceId, name, payload);
    }

    private void Send(string instanceId, string eventName, string? payload) =>
        Add(id => new SendEvent(id, instanceId, eventName, payload));

    private int Add(Func<int, OrchestratorAction> action)
    {
        int id = _nextId++;
        _actions.Add(id, action(id));
        return id;
    }

    private string? Serialize(object? value, string what)
    {
        string? serialized = Converter.Serialize(value);
        PayloadLimits.Check(serialized, what);
        return serialized;
    }

    private void EnsureOnThread()
    {
        if (!thread.IsCurrent)
        {
            throw new InvalidOperationException(
                $"Orchestrator '{Name}' left its thread. It may await only tasks of its context, without ConfigureAwait(false).");
        }
    }
}
