using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Replication;

/// <summary>The fetch sessions of all followers at one broker.</summary>
internal sealed class FollowerSessions(ReplicaSet replicas, TimeProvider time)
{
    private readonly Dictionary<int, FollowerSession> _sessions = [];

    /// <exception cref="BrokerUnreachableException">The session is not the follower's latest any more.</exception>
    public ValueTask<List<ReplicaFetchResult>> FetchAsync(ReplicaFetchRequest request, CancellationToken cancel) =>
        Session(request).FetchAsync(request, replicas.Find, time, cancel);

    public void Wake(int followerId)
    {
        lock (_sessions)
        {
            if (_sessions.TryGetValue(followerId, out var session))
                session.Wake();
        }
    }

    private FollowerSession Session(ReplicaFetchRequest request)
    {
        lock (_sessions)
        {
            var session = _sessions.GetValueOrDefault(request.FollowerId);
            if (session?.SessionId > request.SessionId)
                throw new BrokerUnreachableException($"fetch session {request.SessionId} was replaced");
            if (session?.SessionId == request.SessionId)
                return session;
            session?.Close();
            return _sessions[request.FollowerId] = new FollowerSession(request.FollowerId, request.SessionId);
        }
    }
}
