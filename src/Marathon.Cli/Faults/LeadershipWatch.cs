using Marathon.Kafka.Admin;

namespace Marathon.Cli.Faults;

/// <summary>Measures how long partitions are without a leader that takes writes, by asking brokers that still serve.</summary>
internal static class LeadershipWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(1);

    /// <summary>Waits until each of the partitions is led by another broker than the one that was struck, and its leader answers.</summary>
    /// <returns>When that was seen.</returns>
    public static async Task<DateTimeOffset> WaitAsync(
        string bootstrapServers, string topic, IReadOnlyList<int> partitions, int struckBroker, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Once it has met with silence, a client is slow to ask others: the next question is that of a new one.
            using KafkaAdmin admin = new(bootstrapServers, reachableWithin: s_answerWithin, answerWithin: s_answerWithin);
            try
            {
                while (!await ServesAsync(admin, topic, partitions, struckBroker, cancellationToken))
                {
                    await Task.Delay(s_interval, clock, cancellationToken);
                }

                return clock.GetUtcNow();
            }
            catch (Exception e) when (e is ClusterUnreachableException or KafkaAdminException)
            {
                // The cluster is broken on purpose: no answer means no leader yet.
                await Task.Delay(s_interval, clock, cancellationToken);
            }
        }
    }

    private static async Task<bool> ServesAsync(
        KafkaAdmin admin, string topic, IReadOnlyList<int> partitions, int struckBroker, CancellationToken cancellationToken)
    {
        IReadOnlyList<PartitionInfo> now = await admin.DescribeTopicAsync(topic, cancellationToken);
        if (!partitions.All(p => p < now.Count && now[p].Leader is { } leader && leader != struckBroker))
        {
            return false;
        }

        // Brokers may go on naming a leader that is gone; offsets are only told by the leader itself.
        await admin.ListOffsetsAsync(topic, partitions, OffsetAt.Latest, cancellationToken);
        return true;
    }
}
