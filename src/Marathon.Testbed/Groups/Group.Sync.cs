using Marathon.Testbed.Apis.SyncGroup;
using Marathon.Testbed.Coordination;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Groups;

/// <summary>Second half of a rebalance: the leader says who gets what.</summary>
internal sealed partial class Group
{
    public Task<SyncGroupResponse> SyncAsync(SyncGroupRequest request)
    {
        lock (_sync)
        {
            var error = Check(request.MemberId, request.GroupInstanceId, request.GenerationId, out var member);
            if (error != ErrorCode.None)
                return Refuse(error);
            if ((request.ProtocolType ?? ProtocolType) != ProtocolType || (request.ProtocolName ?? _protocol) != _protocol)
                return Refuse(ErrorCode.InconsistentGroupProtocol);
            member.LastHeartbeat = time.GetUtcNow();
            switch (State)
            {
                case GroupState.Stable:
                    return Task.FromResult(Synced(member));
                case GroupState.CompletingRebalance:
                    member.Sync(new SyncGroupResponse { Error = ErrorCode.RebalanceInProgress });
                    member.AwaitingSync = new TaskCompletionSource<SyncGroupResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
                    var syncing = member.AwaitingSync.Task;
                    if (member.Id == _leaderId)
                        Assign(request);
                    return syncing;
                default:
                    return Refuse(ErrorCode.RebalanceInProgress);
            }
        }
    }

    private static Task<SyncGroupResponse> Refuse(ErrorCode error) => Task.FromResult(new SyncGroupResponse { Error = error });

    private void Assign(SyncGroupRequest request)
    {
        var previous = _members.Values.Select(member => (member, member.Assignment)).ToArray();
        foreach (var member in _members.Values)
            member.Assignment = default;
        foreach (var assignment in request.Assignments)
        {
            if (_members.TryGetValue(assignment.MemberId, out var member))
                member.Assignment = assignment.Bytes;
        }

        var generation = Generation;
        _ = FinishAsync(Store(), generation);
    }

    private async Task FinishAsync(Task<ErrorCode> stored, int generation)
    {
        var error = CoordinatorPartition.ForClient(await stored);
        lock (_sync)
        {
            if (State != GroupState.CompletingRebalance || Generation != generation)
                return;
            if (error != ErrorCode.None)
            {
                foreach (var member in _members.Values)
                {
                    member.Assignment = default;
                    member.Sync(new SyncGroupResponse { Error = error });
                }

                PrepareRebalance();
                return;
            }

            State = GroupState.Stable;
            foreach (var member in _members.Values)
            {
                member.LastHeartbeat = time.GetUtcNow();
                member.Sync(Synced(member));
            }
        }
    }

    /// <summary>Members that joined and then did not ask for their part in time are out.</summary>
    private void DropUnsynced()
    {
        var dropped = _members.Values.Where(member => member.AwaitingSync is null).ToArray();
        if (dropped.Length == 0)
            return;
        foreach (var member in dropped)
            Forget(member, ErrorCode.UnknownMemberId);
        PrepareRebalance();
    }

    private SyncGroupResponse Synced(GroupMember member) => new()
    {
        ProtocolType = ProtocolType,
        ProtocolName = _protocol,
        Assignment = member.Assignment,
    };
}
