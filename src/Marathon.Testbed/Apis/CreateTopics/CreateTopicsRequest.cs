using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.CreateTopics;

internal sealed class CreateTopicsRequest : IMessage
{
    public List<Topic> Topics { get; set; } = [];

    public int TimeoutMs { get; set; } = 60000;

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

        public int NumPartitions { get; set; }

        public short ReplicationFactor { get; set; }

        public List<Assignment> Assignments { get; set; } = [];

        public List<Config> Configs { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            NumPartitions = wire.Int32(NumPartitions);
            ReplicationFactor = wire.Int16(ReplicationFactor);
            Assignments = wire.Array(Assignments);
            Configs = wire.Array(Configs);
        }
    }

    internal sealed class Assignment : IMessage
    {
        public int PartitionIndex { get; set; }

        public List<int> BrokerIds { get; set; } = [];

        public void Exchange(Wire wire)
        {
            PartitionIndex = wire.Int32(PartitionIndex);
            BrokerIds = wire.Int32s(BrokerIds);
        }
    }

    internal sealed class Config : IMessage
    {
        public string Name { get; set; } = "";

        public string? Value { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Value = wire.NullableString(Value);
        }
    }
}
