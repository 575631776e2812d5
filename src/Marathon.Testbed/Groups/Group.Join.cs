using Marathon.Testbed.Apis;
using Marathon.Testbed.Apis.JoinGroup;
using Marathon.Testbed.Apis.SyncGroup;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Groups;

/// <summary>First half of a rebalance: everyone joins.</summary>
internal sealed partial class Group
{
    public Task<JoinGroupResponse> JoinAsync(JoinGroupRequest request, RequestContext context)
    {
        lock (_sync)
        {
            if (State == GroupState.Dead)
                return Refuse(ErrorCode.NotCoordinator, request.MemberId);
            if (!IsCompatible(request))
                return Refuse(ErrorCode.InconsistentGroupProtocol, request.MemberId);
            return request.GroupInstanceId is null ? JoinDynamic(request, context) : JoinStatic(request, request.GroupInstanceId, context);
        }
    }

    private static Task<JoinGroupResponse> Refuse(ErrorCode error, string memberId) =>
        Task.FromResult(new JoinGroupResponse { Error = error, MemberId = memberId });

    private bool IsCompatible(JoinGroupRequest request)
    {
        if (request.ProtocolType.Length == 0 || request.Protocols.Count == 0)
            return false;
        var others = _members.Values.Where(member => member.Id != request.MemberId).ToArray();
        if (others.Length == 0)
            return true;
        return request.ProtocolType == ProtocolType
            && request.Protocols.Exists(protocol => others.All(other => other.Protocols.Exists(p => p.Name == protocol.Name)));
    }

    private Task<JoinGroupResponse> JoinDynamic(JoinGroupRequest request, RequestContext context)
    {
        if (request.MemberId.Length == 0)
        {
            var id = $"{context.ClientId}-{Guid.NewGuid()}";
            if (context.Version < 4)
                return JoinNew(new GroupMember(id, null), request, context);
            _pendingMembers[id] = time.GetUtcNow() + TimeSpan.FromMilliseconds(request.SessionTimeoutMs);
            return Refuse(ErrorCode.MemberIdRequired, id);
        }

        if (_pendingMembers.Remove(request.MemberId))
            return JoinNew(new GroupMember(request.MemberId, null), request, context);
        return _members.TryGetValue(request.MemberId, out var member)
            ? Rejoin(member, request)
            : Refuse(ErrorCode.UnknownMemberId, request.MemberId);
    }

    private Task<JoinGroupResponse> JoinStatic(JoinGroupRequest request, string instanceId, RequestContext context)
    {
        var isKnown = _staticMembers.TryGetValue(instanceId, out var knownId);
        if (request.MemberId.Length == 0)
        {
            var fresh = new GroupMember($"{instanceId}-{Guid.NewGuid()}", instanceId);
            return isKnown ? Replace(_members[knownId!], fresh, request, context) : JoinNew(fresh, request, context);
        }

        if (!isKnown)
            return Refuse(ErrorCode.UnknownMemberId, request.MemberId);
        return knownId == request.MemberId
            ? Rejoin(_members[knownId], request)
            : Refuse(ErrorCode.FencedInstanceId, request.MemberId);
    }

    private Task<JoinGroupResponse> JoinNew(GroupMember member, JoinGroupRequest request, RequestContext context)
    {
        (member.ClientId, member.ClientHost) = (context.ClientId, context.ClientHost);
        if (_members.Count == 0)
            ProtocolType = request.ProtocolType;
        Add(member);
        return Await(member, request);
    }

    private Task<JoinGroupResponse> Rejoin(GroupMember member, JoinGroupRequest request)
    {
        var unchanged = member.Matches(Protocols(request));
        if (State == GroupState.CompletingRebalance && unchanged)
            return Task.FromResult(Joined(member));
        if (State == GroupState.Stable && unchanged && member.Id != _leaderId)
            return Task.FromResult(Joined(member));
        return Await(member, request);
    }

    /// <summary>A static member came back under a new id: the old one is fenced; nobody rebalances when it can do what it could.</summary>
    private Task<JoinGroupResponse> Replace(GroupMember old, GroupMember fresh, JoinGroupRequest request, RequestContext context)
    {
        var wasLeader = _leaderId == old.Id;
        fresh.Assignment = old.Assignment;
        Forget(old, ErrorCode.FencedInstanceId);
        (fresh.ClientId, fresh.ClientHost) = (context.ClientId, context.ClientHost);
        Update(fresh, request);
        Add(fresh);
        if (wasLeader)
            _leaderId = fresh.Id;
        if (State != GroupState.Stable || !fresh.Metadata(_protocol).Span.SequenceEqual(old.Metadata(_protocol).Span))
            return Await(fresh, request);
        _ = Store();
        var response = Joined(fresh);
        if (context.Version >= 9)
            response.SkipAssignment = wasLeader;
        else if (wasLeader)
            (response.Leader, response.Members) = (old.Id, []);
        return Task.FromResult(response);
    }

    private Task<JoinGroupResponse> Await(GroupMember member, JoinGroupRequest request)
    {
        Update(member, request);
        member.Join(new JoinGroupResponse { Error = ErrorCode.UnknownMemberId, MemberId = member.Id });
        member.AwaitingJoin = new TaskCompletionSource<JoinGroupResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var joining = member.AwaitingJoin.Task;
        if (State != GroupState.PreparingRebalance)
            PrepareRebalance();
        else
            TryCompleteJoin();
        return joining;
    }

    private static void Update(GroupMember member, JoinGroupRequest request)
    {
        member.Protocols = Protocols(request);
        member.SessionTimeoutMs = request.SessionTimeoutMs;
        member.RebalanceTimeoutMs = request.RebalanceTimeoutMs < 0 ? request.SessionTimeoutMs : request.RebalanceTimeoutMs;
    }

    private static List<(string Name, ReadOnlyMemory<byte> Metadata)> Protocols(JoinGroupRequest request) =>
        request.Protocols.ConvertAll(protocol => (protocol.Name, protocol.Metadata));

    private void PrepareRebalance()
    {
        foreach (var member in _members.Values)
            member.Sync(new SyncGroupResponse { Error = ErrorCode.RebalanceInProgress });
        var now = time.GetUtcNow();
        _earliest = State == GroupState.Empty ? now + InitialDelay : now;
        State = GroupState.PreparingRebalance;
        var longest = _members.Count == 0 ? 0 : _members.Values.Max(member => member.RebalanceTimeoutMs);
        _deadline = now + TimeSpan.FromMilliseconds(longest);
        TryCompleteJoin();
    }

    private void TryCompleteJoin()
    {
        if (State != GroupState.PreparingRebalance)
            return;
        var now = time.GetUtcNow();
        var everyone = _pendingMembers.Count == 0 && _members.Values.All(member => member.AwaitingJoin is not null);
        if (now < _earliest || (!everyone && now < _deadline))
            return;
        foreach (var late in _members.Values.Where(member => member.AwaitingJoin is null && member.InstanceId is null).ToArray())
            Forget(late, ErrorCode.UnknownMemberId);
        if (_members.Count > 0 && _members.Values.All(member => member.AwaitingJoin is null))
        {
            // Only static members that did not come back are left: they keep their place until their sessions end.
            _deadline = now + TimeSpan.FromMilliseconds(_members.Values.Max(member => member.RebalanceTimeoutMs));
            return;
        }

        CompleteJoin(now);
    }

    private void CompleteJoin(DateTimeOffset now)
    {
        Generation++;
        if (_members.Count == 0)
        {
            (State, _protocol, _leaderId) = (GroupState.Empty, null, null);
            _ = Store();
            return;
        }

        if (_leaderId is null || _members[_leaderId].AwaitingJoin is null)
            _leaderId = _members.Values.First(member => member.AwaitingJoin is not null).Id;
        _protocol = Vote();
        State = GroupState.CompletingRebalance;
        _deadline = now + TimeSpan.FromMilliseconds(_members.Values.Max(member => member.RebalanceTimeoutMs));
        foreach (var member in _members.Values)
        {
            member.LastHeartbeat = now;
            member.Join(Joined(member));
        }
    }

    /// <summary>The protocol that all can do and most prefer.</summary>
    private string Vote() => _members.Values
        .Select(member => member.Protocols.First(mine => _members.Values.All(other => other.Protocols.Exists(p => p.Name == mine.Name))).Name)
        .GroupBy(name => name)
        .OrderByDescending(votes => votes.Count())
        .First().Key;

    private JoinGroupResponse Joined(GroupMember member) => new()
    {
        GenerationId = Generation,
        ProtocolType = ProtocolType,
        ProtocolName = _protocol,
        Leader = _leaderId ?? "",
        MemberId = member.Id,
        Members = member.Id != _leaderId
            ? []
            : [.. _members.Values.Select(each => new JoinGroupResponse.Member
            {
                MemberId = each.Id,
                GroupInstanceId = each.InstanceId,
                Metadata = each.Metadata(_protocol),
            })],
    };
}
