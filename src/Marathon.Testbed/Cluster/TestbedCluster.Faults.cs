using System.Net.Sockets;

namespace Marathon.Testbed.Cluster;

/// <summary>What can be done to the brokers.</summary>
public sealed partial class TestbedCluster
{
    private static readonly TimeSpan ServesWithin = TimeSpan.FromSeconds(30);

    /// <summary>As SIGKILL to a broker: its connections are cut, its memory is gone, its log stays.</summary>
    public Task KillBrokerAsync(int broker) => Host(broker).KillAsync();

    /// <summary>As SIGTERM to a broker: its leaderships move away first.</summary>
    public Task StopBrokerAsync(int broker) => Host(broker).StopAsync();

    /// <summary>Starts a broker that was killed or stopped; complete when it serves.</summary>
    /// <exception cref="TestbedException">Its port was taken meanwhile.</exception>
    public async Task StartBrokerAsync(int broker)
    {
        await StartAsync(Host(broker));
        await UntilAsync(() => IsServing(Host(broker)), ServesWithin, $"broker {broker} does not serve", CancellationToken.None);
    }

    /// <summary>Stops a broker (in order if it runs, as by SIGKILL if it is paused) and starts it again.</summary>
    public async Task RestartBrokerAsync(int broker)
    {
        var host = Host(broker);
        await (host.IsPaused ? host.KillAsync() : host.StopAsync());
        await StartBrokerAsync(broker);
    }

    /// <summary>As SIGSTOP to a broker: connections stay open, nothing is answered, it follows nobody.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public void PauseBroker(int broker) => Host(broker).Pause();

    /// <summary>As SIGCONT to a broker.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public void ResumeBroker(int broker) => Host(broker).Resume();

    /// <summary>From now on each write to a broker's disk takes that much longer, and after a kill, too; zero undoes it.</summary>
    public void SlowDisk(int broker, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Host(broker).Disk.WriteDelay = delay;
        _resources.Timeline.Add(TimelineEvent.DiskSlowed, null, broker, $"each write takes {delay.TotalMilliseconds} ms longer");
    }

    /// <summary>Cuts a broker off from the other brokers, both ways; clients still reach it.</summary>
    public void IsolateBroker(int broker) => EachOther(broker, CutLink);

    /// <summary>Undoes <see cref="IsolateBroker"/> and single cuts of links from and to this broker.</summary>
    public void HealBroker(int broker) => EachOther(broker, HealLink);

    /// <summary>Messages from one broker to another do not arrive, nor do its answers to requests that did.</summary>
    public void CutLink(int from, int to)
    {
        _resources.Network.Cut(from, to);
        _resources.Timeline.Add(TimelineEvent.LinkCut, null, from, $"to {to}");
    }

    /// <summary>Undoes <see cref="CutLink"/>.</summary>
    public void HealLink(int from, int to)
    {
        _resources.Network.Heal(from, to);
        _resources.Timeline.Add(TimelineEvent.LinkHealed, null, from, $"to {to}");
    }

    /// <summary>The broker that leads a partition; null when there is no such partition or none leads it.</summary>
    public int? LeaderOf(string topic, int partition) =>
        _resources.Controller.Image.Partition(new TopicPartition(topic, partition)) is { HasLeader: true } found ? found.Leader : null;

    internal BrokerHost Host(int broker) =>
        _hosts.Find(host => host.Id == broker) ?? throw new ArgumentOutOfRangeException(nameof(broker), broker, "no broker has this id");

    private static async Task StartAsync(BrokerHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch (SocketException taken)
        {
            throw new TestbedException($"cannot listen on {host.Endpoint}: {taken.Message}; choose another --port", taken);
        }
    }

    private void EachOther(int broker, Action<int, int> act)
    {
        foreach (var other in _hosts.Where(host => host.Id != Host(broker).Id))
        {
            act(broker, other.Id);
            act(other.Id, broker);
        }
    }
}
