namespace Marathon.Cli.Faults;

/// <summary>A measurement of recovery that goes on while the run does. It does not survive the controller: then the time is not known.</summary>
internal sealed record Watch(Task<DateTimeOffset> Recovery, CancellationTokenSource Cancel)
{
    /// <summary>Begins to watch.</summary>
    /// <param name="bootstrapServers">Brokers that were not struck.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="clock">Time.</param>
    public static Watch Start(string bootstrapServers, FaultFile fault, TimeProvider clock)
    {
        CancellationTokenSource cancel = new();
        return new Watch(LeadershipWatch.WaitAsync(bootstrapServers, fault.Spec.Topic!, fault.Partitions, fault.BrokerId, clock, cancel.Token), cancel);
    }

    /// <summary>
    /// When the partitions had a leader again; null when they have none in time. The struck broker serves by now: that it
    /// leads them again is a recovery too.
    /// </summary>
    public async Task<DateTimeOffset?> EndAsync(FaultFile fault, TimeProvider clock, TimeSpan within, CancellationToken cancellationToken)
    {
        using (Cancel)
        {
            if (await Task.WhenAny(Recovery, Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken)) == Recovery)
            {
                return await Recovery;
            }

            await Cancel.CancelAsync();
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within);
        try
        {
            const int noBroker = int.MinValue;
            return await LeadershipWatch.WaitAsync(
                fault.BootstrapServers, fault.Spec.Topic!, fault.Partitions, struckBroker: noBroker, clock, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
