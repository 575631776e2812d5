using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeConfigs;

internal sealed class DescribeConfigsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Result> Results { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Results = wire.Array(Results);
    }

    internal sealed class Result : IMessage
    {
        public ErrorCode Error { get; set; }

        public string? ErrorMessage { get; set; }

        public sbyte ResourceType { get; set; }

        public string ResourceName { get; set; } = "";

        public List<Config> Configs { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            ErrorMessage = wire.NullableString(ErrorMessage);
            ResourceType = wire.Int8(ResourceType);
            ResourceName = wire.String(ResourceName);
            Configs = wire.Array(Configs);
        }
    }

    internal sealed class Config : IMessage
    {
        public string Name { get; set; } = "";

        public string? Value { get; set; }

        public bool ReadOnly { get; set; }

        public sbyte Source { get; set; } = -1;

        public bool IsSensitive { get; set; }

        public List<Synonym> Synonyms { get; set; } = [];

        public sbyte ConfigType { get; set; }

        public string? Documentation { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Value = wire.NullableString(Value);
            ReadOnly = wire.Bool(ReadOnly);
            Source = wire.Int8(Source);
            IsSensitive = wire.Bool(IsSensitive);
            Synonyms = wire.Array(Synonyms);
            if (wire.Version < 3)
                return;
            ConfigType = wire.Int8(ConfigType);
            Documentation = wire.NullableString(Documentation);
        }
    }

    internal sealed class Synonym : IMessage
    {
        public string Name { get; set; } = "";

        public string? Value { get; set; }

        public sbyte Source { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Value = wire.NullableString(Value);
            Source = wire.Int8(Source);
        }
    }
}
