using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ApiVersions;

internal sealed class ApiVersionsResponse : IMessage
{
    public ErrorCode Error { get; set; }

    public List<Range> ApiKeys { get; set; } = [];

    public int ThrottleTimeMs { get; set; }

    public void Exchange(Wire wire)
    {
        Error = wire.Error(Error);
        ApiKeys = wire.Array(ApiKeys);
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
    }

    internal sealed class Range : IMessage
    {
        public short ApiKey { get; set; }

        public short MinVersion { get; set; }

        public short MaxVersion { get; set; }

        public void Exchange(Wire wire)
        {
            ApiKey = wire.Int16(ApiKey);
            MinVersion = wire.Int16(MinVersion);
            MaxVersion = wire.Int16(MaxVersion);
        }
    }
}
