using Marathon.Testbed.Apis.JoinGroup;
using Marathon.Testbed.Apis.SyncGroup;

namespace Marathon.Testbed.Groups;

/// <summary>A member of a group.</summary>
internal sealed class GroupMember(string id, string? instanceId)
{
    public string Id { get; } = id;

    /// <summary>Set for a static member (KIP-345).</summary>
    public string? InstanceId { get; } = instanceId;

    public string ClientId { get; set; } = "";

    public string ClientHost { get; set; } = "";

    public int RebalanceTimeoutMs { get; set; }

    public int SessionTimeoutMs { get; set; }

    /// <summary>What it can do, preferred first.</summary>
    public List<(string Name, ReadOnlyMemory<byte> Metadata)> Protocols { get; set; } = [];

    public ReadOnlyMemory<byte> Assignment { get; set; }

    public DateTimeOffset LastHeartbeat { get; set; }

    public TaskCompletionSource<JoinGroupResponse>? AwaitingJoin { get; set; }

    public TaskCompletionSource<SyncGroupResponse>? AwaitingSync { get; set; }

    public ReadOnlyMemory<byte> Metadata(string? protocol) => Protocols.Find(p => p.Name == protocol).Metadata;

    public bool Matches(List<(string Name, ReadOnlyMemory<byte> Metadata)> protocols) =>
        protocols.Count == Protocols.Count
        && protocols.Zip(Protocols).All(pair => pair.First.Name == pair.Second.Name
            && pair.First.Metadata.Span.SequenceEqual(pair.Second.Metadata.Span));

    public void Join(JoinGroupResponse response)
    {
        AwaitingJoin?.TrySetResult(response);
        AwaitingJoin = null;
    }

    public void Sync(SyncGroupResponse response)
    {
        AwaitingSync?.TrySetResult(response);
        AwaitingSync = null;
    }
}
