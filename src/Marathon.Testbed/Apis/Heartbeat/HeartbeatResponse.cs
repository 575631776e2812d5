using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Heartbeat;

internal sealed class HeartbeatResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
    }
}
