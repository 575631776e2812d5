using System.Collections.Concurrent;
using Marathon.Testbed.Control;

namespace Marathon.Testbed.Cluster;

/// <summary>
/// The links between brokers. Every message from one to another goes through here, so that a dead broker refuses it, a paused one
/// leaves it waiting, and a cut link swallows it.
/// </summary>
internal sealed class ClusterNetwork(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, Broker> _alive = new();
    private readonly ConcurrentDictionary<(int From, int To), bool> _cut = new();

    public ControllerQuorum? Quorum { get; set; }

    public void Join(Broker broker) => _alive[broker.Id] = broker;

    public void Leave(Broker broker) => _alive.TryRemove(new KeyValuePair<int, Broker>(broker.Id, broker));

    public Broker? Find(int broker) => _alive.GetValueOrDefault(broker);

    public void Cut(int from, int to) => _cut[(from, to)] = true;

    public void Heal(int from, int to) => _cut.TryRemove((from, to), out _);

    public bool IsCut(int from, int to) => from != to && _cut.ContainsKey((from, to));

    /// <summary>Sends a message and waits for its answer.</summary>
    /// <param name="handle">Runs at the receiver; its token ends with the receiver's life and with the sender's patience.</param>
    /// <exception cref="BrokerUnreachableException">No answer.</exception>
    public async Task<T> CallAsync<T>(
        int from, int to, TimeSpan timeout, Func<Broker, CancellationToken, ValueTask<T>> handle, CancellationToken cancel)
    {
        var target = Find(to) ?? throw new BrokerUnreachableException($"broker {to} refused the connection");
        using var deadline = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, target.Life, cancel);
        try
        {
            await UntilHealedAsync(from, to, linked.Token);
            await target.Gate.WaitAsync(linked.Token);
            var answer = await handle(target, linked.Token);
            await target.Gate.WaitAsync(linked.Token);
            await UntilHealedAsync(to, from, linked.Token);
            return answer;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new BrokerUnreachableException(target.Life.IsCancellationRequested
                ? $"broker {to} closed the connection"
                : $"broker {to} did not answer within {timeout}");
        }
    }

    /// <summary>Sends a message to whoever is the active controller.</summary>
    /// <exception cref="BrokerUnreachableException">There is none, or it did not answer.</exception>
    public Task<T> CallControllerAsync<T>(
        int from, TimeSpan timeout, Func<Controller, CancellationToken, ValueTask<T>> handle, CancellationToken cancel)
    {
        var quorum = Quorum ?? throw new BrokerUnreachableException("the cluster has not started");
        var active = quorum.ActiveId ?? throw new BrokerUnreachableException("there is no active controller");
        return CallAsync(from, active, timeout, (_, stop) => handle(quorum.Controller, stop), cancel);
    }

    /// <summary>TCP goes on trying: a message over a cut link arrives when it is healed in time.</summary>
    private async ValueTask UntilHealedAsync(int from, int to, CancellationToken cancel)
    {
        while (IsCut(from, to))
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
    }
}
