using System.Collections.Frozen;

namespace Marathon.Testbed.Protocol;

/// <summary>Every request the testbed answers with the versions it speaks: those of Apache Kafka 3.9 unless a newer one is needed.</summary>
internal static class ApiCatalog
{
    public static IReadOnlyList<ApiSpec> All { get; } =
    [
        new(ApiKey.Produce, 3, 11, 9, 0),
        new(ApiKey.Fetch, 4, 16, 12),
        new(ApiKey.ListOffsets, 1, 9, 6),
        new(ApiKey.Metadata, 0, 12, 9),
        new(ApiKey.OffsetCommit, 2, 9, 8),
        new(ApiKey.OffsetFetch, 1, 9, 6),
        new(ApiKey.FindCoordinator, 0, 5, 3),
        new(ApiKey.JoinGroup, 0, 9, 6),
        new(ApiKey.Heartbeat, 0, 4, 4),
        new(ApiKey.LeaveGroup, 0, 5, 4),
        new(ApiKey.SyncGroup, 0, 5, 4),
        new(ApiKey.DescribeGroups, 0, 5, 5),
        new(ApiKey.ListGroups, 0, 5, 3),
        new(ApiKey.ApiVersions, 0, 4, 3),
        new(ApiKey.CreateTopics, 2, 7, 5),
        new(ApiKey.DeleteTopics, 1, 6, 4),
        new(ApiKey.DeleteRecords, 0, 2, 2),
        new(ApiKey.InitProducerId, 0, 5, 2),
        new(ApiKey.OffsetForLeaderEpoch, 2, 4, 4),
        new(ApiKey.AddPartitionsToTxn, 0, 3, 3),
        new(ApiKey.AddOffsetsToTxn, 0, 4, 3),
        new(ApiKey.EndTxn, 0, 4, 3),
        new(ApiKey.WriteTxnMarkers, 0, 1, 1),
        new(ApiKey.TxnOffsetCommit, 0, 4, 3),
        new(ApiKey.DescribeConfigs, 1, 4, 4),
        new(ApiKey.DescribeLogDirs, 1, 4, 2),
        new(ApiKey.CreatePartitions, 0, 3, 2),
        new(ApiKey.DeleteGroups, 0, 2, 2),
        new(ApiKey.OffsetDelete, 0, 0),
        new(ApiKey.DescribeCluster, 0, 1, 0),
        new(ApiKey.DescribeProducers, 0, 0, 0),
        new(ApiKey.DescribeTransactions, 0, 0, 0),
        new(ApiKey.ListTransactions, 0, 1, 0),
        new(ApiKey.DescribeTopicPartitions, 0, 0, 0),
    ];

    private static readonly FrozenDictionary<ApiKey, ApiSpec> ByKey = All.ToFrozenDictionary(spec => spec.Key);

    public static ApiSpec? Find(ApiKey key) => ByKey.GetValueOrDefault(key);
}
