using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.CreatePartitions;

internal sealed class CreatePartitionsRequest : IMessage
{
    public List<Topic> Topics { get; set; } = [];

    public int TimeoutMs { get; set; }

    public bool ValidateOnly { get; set; }

    public void Exchange(Wire wire)
    {
        Topics = wire.Array(Topics);
        TimeoutMs = wire.Int32(TimeoutMs);
        ValidateOnly = wire.Bool(ValidateOnly);
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public int Count { get; set; }

        public List<Assignment>? Assignments { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Count = wire.Int32(Count);
            Assignments = wire.NullableArray(Assignments);
        }
    }

    internal sealed class Assignment : IMessage
    {
        public List<int> BrokerIds { get; set; } = [];

        public void Exchange(Wire wire) => BrokerIds = wire.Int32s(BrokerIds);
    }
}
