using Marathon.Testbed.Apis.JoinGroup;
using Marathon.Testbed.Apis.SyncGroup;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Groups;

/// <summary>One consumer group at its coordinator, in the classic protocol.</summary>
internal sealed partial class Group(string id, GroupPartition partition, TimeProvider time)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, GroupMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _staticMembers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _pendingMembers = new(StringComparer.Ordinal);
    private string? _leaderId;
    private string? _protocol;
    private DateTimeOffset _deadline;
    private DateTimeOffset _earliest;

    public string Id { get; } = id;

    public TimeSpan InitialDelay { get; set; }

    public GroupState State { get; private set; }

    public string ProtocolType { get; private set; } = "";

    public int Generation { get; private set; }

    public bool HasMembers
    {
        get
        {
            lock (_sync)
                return _members.Count > 0;
        }
    }

    public void Load(GroupMetadataValue value)
    {
        lock (_sync)
        {
            _members.Clear();
            _staticMembers.Clear();
            (ProtocolType, Generation, _protocol, _leaderId) = (value.ProtocolType, value.Generation, value.Protocol, value.Leader);
            foreach (var member in value.Members)
            {
                Add(new GroupMember(member.MemberId, member.GroupInstanceId)
                {
                    ClientId = member.ClientId,
                    ClientHost = member.ClientHost,
                    RebalanceTimeoutMs = member.RebalanceTimeoutMs,
                    SessionTimeoutMs = member.SessionTimeoutMs,
                    Protocols = [(value.Protocol ?? "", member.Subscription)],
                    Assignment = member.Assignment,
                });
            }

            State = _members.Count == 0 ? GroupState.Empty : GroupState.Stable;
        }
    }

    /// <summary>The members of a group that was taken over have a whole session to find the new coordinator.</summary>
    public void OnLoaded(TimeSpan initialDelay)
    {
        lock (_sync)
        {
            InitialDelay = initialDelay;
            foreach (var member in _members.Values)
                member.LastHeartbeat = time.GetUtcNow();
        }
    }

    /// <summary>This broker coordinates the group no more: whoever waits looks for the new coordinator.</summary>
    public void Resign()
    {
        lock (_sync)
        {
            State = GroupState.Dead;
            foreach (var member in _members.Values)
            {
                member.Join(new JoinGroupResponse { Error = ErrorCode.NotCoordinator, MemberId = member.Id });
                member.Sync(new SyncGroupResponse { Error = ErrorCode.NotCoordinator });
            }
        }
    }

    /// <summary>Members are asked to join again, as a coordinator may ask at any time.</summary>
    public void Rebalance()
    {
        lock (_sync)
        {
            if (State == GroupState.Stable)
                PrepareRebalance();
        }
    }

    /// <summary>Sessions end, rebalances time out.</summary>
    public void OnTick()
    {
        lock (_sync)
        {
            var now = time.GetUtcNow();
            foreach (var (member, since) in _pendingMembers.ToArray())
            {
                if (now > since)
                    _pendingMembers.Remove(member);
            }

            foreach (var member in _members.Values.ToArray())
            {
                var waits = member.AwaitingJoin is not null || member.AwaitingSync is not null;
                if (!waits && now - member.LastHeartbeat > TimeSpan.FromMilliseconds(member.SessionTimeoutMs))
                    Remove(member);
            }

            if (State == GroupState.PreparingRebalance)
                TryCompleteJoin();
            else if (State == GroupState.CompletingRebalance && now > _deadline)
                DropUnsynced();
        }
    }

    public ErrorCode Heartbeat(string memberId, string? instanceId, int generation)
    {
        lock (_sync)
        {
            var error = Check(memberId, instanceId, generation, out var member);
            if (error != ErrorCode.None)
                return error;
            member.LastHeartbeat = time.GetUtcNow();
            return State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    public ErrorCode Leave(string memberId, string? instanceId)
    {
        lock (_sync)
        {
            if (State == GroupState.Dead)
                return ErrorCode.CoordinatorNotAvailable;
            if (instanceId is not null)
            {
                if (!_staticMembers.TryGetValue(instanceId, out var known))
                    return ErrorCode.UnknownMemberId;
                if (memberId.Length > 0 && memberId != known)
                    return ErrorCode.FencedInstanceId;
                memberId = known;
            }

            if (_pendingMembers.Remove(memberId))
            {
                TryCompleteJoin();
                return ErrorCode.None;
            }

            if (!_members.TryGetValue(memberId, out var member))
                return ErrorCode.UnknownMemberId;
            Remove(member);
            return ErrorCode.None;
        }
    }

    private ErrorCode Check(string memberId, string? instanceId, int generation, out GroupMember member)
    {
        member = null!;
        if (State == GroupState.Dead)
            return ErrorCode.NotCoordinator;
        if (instanceId is not null && _staticMembers.TryGetValue(instanceId, out var known) && known != memberId)
            return ErrorCode.FencedInstanceId;
        if (!_members.TryGetValue(memberId, out member!))
            return ErrorCode.UnknownMemberId;
        return generation == Generation ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    private void Add(GroupMember member)
    {
        member.LastHeartbeat = time.GetUtcNow();
        _members[member.Id] = member;
        if (member.InstanceId is not null)
            _staticMembers[member.InstanceId] = member.Id;
        _leaderId ??= member.Id;
    }

    private void Remove(GroupMember member)
    {
        Forget(member, ErrorCode.UnknownMemberId);
        switch (State)
        {
            case GroupState.Stable or GroupState.CompletingRebalance:
                PrepareRebalance();
                break;
            case GroupState.PreparingRebalance:
                TryCompleteJoin();
                break;
        }
    }

    private void Forget(GroupMember member, ErrorCode why)
    {
        _members.Remove(member.Id);
        if (member.InstanceId is not null && _staticMembers.GetValueOrDefault(member.InstanceId) == member.Id)
            _staticMembers.Remove(member.InstanceId);
        member.Join(new JoinGroupResponse { Error = why, MemberId = member.Id });
        member.Sync(new SyncGroupResponse { Error = why });
        if (_leaderId == member.Id)
            _leaderId = _members.Keys.FirstOrDefault();
    }

    private GroupMetadataValue Snapshot() => new()
    {
        ProtocolType = ProtocolType,
        Generation = Generation,
        Protocol = _protocol,
        Leader = _leaderId,
        CurrentStateTimestamp = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Members =
        [
            .. _members.Values.Select(member => new GroupMetadataValue.Member
            {
                MemberId = member.Id,
                GroupInstanceId = member.InstanceId,
                ClientId = member.ClientId,
                ClientHost = member.ClientHost,
                RebalanceTimeoutMs = member.RebalanceTimeoutMs,
                SessionTimeoutMs = member.SessionTimeoutMs,
                Subscription = member.Metadata(_protocol),
                Assignment = member.Assignment,
            }),
        ],
    };

    private Task<ErrorCode> Store() => partition.Append(
        [
            (CoordinatorRecord.Write(GroupMetadataKey.Type, new GroupMetadataKey { Group = Id }),
             CoordinatorRecord.Write(GroupMetadataValue.Version, Snapshot())),
        ],
        time.GetUtcNow()).Replicated;
}
