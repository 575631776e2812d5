using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.WriteTxnMarkers;

internal sealed class WriteTxnMarkersResponse : IMessage
{
    public List<Marker> Markers { get; set; } = [];

    public void Exchange(Wire wire) => Markers = wire.Array(Markers);

    internal sealed class Marker : IMessage
    {
        public long ProducerId { get; set; }

        public List<PartitionErrors> Topics { get; set; } = [];

        public void Exchange(Wire wire)
        {
            ProducerId = wire.Int64(ProducerId);
            Topics = wire.Array(Topics);
        }
    }
}
