using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;

namespace Marathon.Testbed.Apis;

/// <summary>Who asks, and whom.</summary>
internal sealed record RequestContext(Broker Broker, short Version, string ClientId, string ClientHost)
{
    public MetadataImage Image => Broker.Image;
}
