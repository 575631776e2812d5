using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.FindCoordinator;

/// <summary>Up to version 3 the answer is the first coordinator's fields themselves.</summary>
internal sealed class FindCoordinatorResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Coordinator> Coordinators { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        if (wire.Version >= 4)
        {
            Coordinators = wire.Array(Coordinators);
            return;
        }

        if (Coordinators.Count == 0)
            Coordinators.Add(new Coordinator());
        var only = Coordinators[0];
        only.Error = wire.Error(only.Error);
        if (wire.Version >= 1)
            only.ErrorMessage = wire.NullableString(only.ErrorMessage);
        only.Address(wire);
    }

    internal sealed class Coordinator : IMessage
    {
        public string Key { get; set; } = "";

        public int NodeId { get; set; } = -1;

        public string Host { get; set; } = "";

        public int Port { get; set; } = -1;

        public ErrorCode Error { get; set; }

        public string? ErrorMessage { get; set; }

        public void Exchange(Wire wire)
        {
            Key = wire.String(Key);
            Address(wire);
            Error = wire.Error(Error);
            ErrorMessage = wire.NullableString(ErrorMessage);
        }

        public void Address(Wire wire)
        {
            NodeId = wire.Int32(NodeId);
            Host = wire.String(Host);
            Port = wire.Int32(Port);
        }
    }
}
