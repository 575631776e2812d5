using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>A response of a throttle time and an error code, as several requests have it.</summary>
internal sealed class ErrorResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
    }
}
