using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.CreateTopics;

internal sealed class CreateTopicsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Topics = wire.Array(Topics);
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public Guid TopicId { get; set; }

        public ErrorCode Error { get; set; }

        public string? ErrorMessage { get; set; }

        public int NumPartitions { get; set; } = -1;

        public short ReplicationFactor { get; set; } = -1;

        public List<Config>? Configs { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            if (wire.Version >= 7)
                TopicId = wire.Uuid(TopicId);
            Error = wire.Error(Error);
            ErrorMessage = wire.NullableString(ErrorMessage);
            if (wire.Version < 5)
                return;
            NumPartitions = wire.Int32(NumPartitions);
            ReplicationFactor = wire.Int16(ReplicationFactor);
            Configs = wire.NullableArray(Configs);
        }
    }

    internal sealed class Config : IMessage
    {
        public string Name { get; set; } = "";

        public string? Value { get; set; }

        public bool ReadOnly { get; set; }

        public sbyte Source { get; set; } = -1;

        public bool IsSensitive { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Value = wire.NullableString(Value);
            ReadOnly = wire.Bool(ReadOnly);
            Source = wire.Int8(Source);
            IsSensitive = wire.Bool(IsSensitive);
        }
    }
}
