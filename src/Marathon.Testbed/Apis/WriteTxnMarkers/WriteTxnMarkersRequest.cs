using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.WriteTxnMarkers;

/// <summary>Among brokers markers travel otherwise; this is for an administrator who ends a hanging transaction.</summary>
internal sealed class WriteTxnMarkersRequest : IMessage
{
    public List<Marker> Markers { get; set; } = [];

    public void Exchange(Wire wire) => Markers = wire.Array(Markers);

    internal sealed class Marker : IMessage
    {
        public long ProducerId { get; set; }

        public short ProducerEpoch { get; set; }

        public bool Committed { get; set; }

        public List<Topic> Topics { get; set; } = [];

        public int CoordinatorEpoch { get; set; }

        public void Exchange(Wire wire)
        {
            ProducerId = wire.Int64(ProducerId);
            ProducerEpoch = wire.Int16(ProducerEpoch);
            Committed = wire.Bool(Committed);
            Topics = wire.Array(Topics);
            CoordinatorEpoch = wire.Int32(CoordinatorEpoch);
        }
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public List<int> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Partitions = wire.Int32s(Partitions);
        }
    }
}
