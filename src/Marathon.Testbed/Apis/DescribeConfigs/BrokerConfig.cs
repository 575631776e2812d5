using System.Globalization;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;

namespace Marathon.Testbed.Apis.DescribeConfigs;

/// <summary>A broker's settings under Kafka's names.</summary>
internal static class BrokerConfig
{
    public static IEnumerable<(string Name, string Value, ConfigType Type)> Of(Broker broker)
    {
        var options = broker.Options;
        yield return ("auto.create.topics.enable", options.AutoCreateTopics ? "true" : "false", ConfigType.Boolean);
        yield return ("broker.id", Text(broker.Id), ConfigType.Int32);
        yield return ("broker.session.timeout.ms", Text((long)options.BrokerSessionTimeout.TotalMilliseconds), ConfigType.Int32);
        yield return ("default.replication.factor", Text(options.ReplicationFactorOrDefault), ConfigType.Int32);
        yield return ("group.initial.rebalance.delay.ms", Text((long)options.GroupInitialRebalanceDelay.TotalMilliseconds), ConfigType.Int32);
        yield return ("listeners", $"PLAINTEXT://{broker.Endpoint}", ConfigType.String);
        yield return ("message.max.bytes", "1048588", ConfigType.Int32);
        yield return ("node.id", Text(broker.Id), ConfigType.Int32);
        yield return ("num.partitions", Text(options.DefaultPartitions), ConfigType.Int32);
        yield return ("offsets.topic.num.partitions", Text(options.InternalTopicPartitions), ConfigType.Int32);
        yield return ("replica.lag.time.max.ms", Text((long)options.ReplicaLagTimeMax.TotalMilliseconds), ConfigType.Int64);
        yield return ("transaction.state.log.num.partitions", Text(options.InternalTopicPartitions), ConfigType.Int32);
        yield return ("unclean.leader.election.enable", options.UncleanLeaderElection ? "true" : "false", ConfigType.Boolean);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
