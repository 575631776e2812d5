using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Fetch;

internal sealed class FetchResponse : ITaggedMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public int SessionId { get; set; }

    public List<FetchTopic> Topics { get; set; } = [];

    public List<NodeEndpoint> NodeEndpoints { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        if (wire.Version >= 7)
        {
            Error = wire.Error(Error);
            SessionId = wire.Int32(SessionId);
        }

        Topics = wire.Array(Topics);
    }

    public IEnumerable<int> PresentTags(short version) => version >= 16 && NodeEndpoints.Count > 0 ? [0] : [];

    public bool ExchangeTag(int tag, Wire wire)
    {
        if (tag != 0)
            return false;
        NodeEndpoints = wire.Array(NodeEndpoints);
        return true;
    }
}
