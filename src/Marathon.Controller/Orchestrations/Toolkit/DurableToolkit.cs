using Marathon.Controller.Activities;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>The toolkit of a stage on durable orchestrations.</summary>
internal sealed class DurableToolkit : IToolkit
{
    private readonly StageCalls calls;
    private readonly Broadcast broadcast;

    public DurableToolkit(StageCalls calls)
    {
        this.calls = calls;
        broadcast = new Broadcast(calls);
        Topics = new DurableTopics(calls);
        Fleet = new DurableFleet(calls, broadcast);
        Load = new DurableLoad(calls, broadcast);
        Consumers = new DurableConsumers(calls, broadcast);
        Faults = new DurableFaults(calls);
    }

    /// <inheritdoc/>
    public string RunId => calls.Input.RunId;

    /// <inheritdoc/>
    public long Seed => calls.Input.Spec.Seed ?? 0;

    /// <inheritdoc/>
    public DateTimeOffset Now => new(calls.Now, TimeSpan.Zero);

    /// <inheritdoc/>
    public ITopics Topics { get; }

    /// <inheritdoc/>
    public IFleet Fleet { get; }

    /// <inheritdoc/>
    public ILoadControl Load { get; }

    /// <inheritdoc/>
    public IConsumers Consumers { get; }

    /// <inheritdoc/>
    public IFaults Faults { get; }

    /// <summary>The workload stage begins: latencies and rates count from here.</summary>
    public async Task MeasureAsync()
    {
        await broadcast.SendAsync(WorkerCommand.Measure, Broadcast.Short);
        await calls.CallAsync<object?>(nameof(MarkWindow), new MarkWindowRequest(RunId, End: false));
    }

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan delay) => calls.DelayAsync(delay);

    /// <inheritdoc/>
    public async Task UntilAsync(Condition condition, TimeSpan within)
    {
        WatchResult result = await calls.WatchAsync(new WatchRequest(RunId, condition, calls.Input.Settings.PollInterval), within);
        if (!result.Held)
        {
            throw new TimeoutException(
                $"{condition.Measure} was not {(condition.Comparison == Comparison.AtLeast ? "at least" : "at most")} {condition.Threshold:0.###} within {within.TotalSeconds:0.#} s; the last value was {result.Observed?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) ?? "not known"}");
        }
    }

    /// <inheritdoc/>
    public async Task<AssertionResult> AssertAsync(Assertion assertion)
    {
        double? observed = assertion.Within is { } within
            ? (await calls.WatchAsync(new WatchRequest(RunId, assertion.Condition, calls.Input.Settings.PollInterval), within)).Observed
            : null;
        return await calls.CallAsync<AssertionResult>(nameof(Assert), new AssertRequest(RunId, assertion, observed));
    }
}
