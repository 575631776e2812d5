using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeConfigs;

internal sealed class DescribeConfigsRequest : IMessage
{
    public List<Resource> Resources { get; set; } = [];

    public bool IncludeSynonyms { get; set; }

    public bool IncludeDocumentation { get; set; }

    public void Exchange(Wire wire)
    {
        Resources = wire.Array(Resources);
        IncludeSynonyms = wire.Bool(IncludeSynonyms);
        if (wire.Version >= 3)
            IncludeDocumentation = wire.Bool(IncludeDocumentation);
    }

    internal sealed class Resource : IMessage
    {
        public sbyte Type { get; set; }

        public string Name { get; set; } = "";

        public List<string>? Keys { get; set; }

        public void Exchange(Wire wire)
        {
            Type = wire.Int8(Type);
            Name = wire.String(Name);
            Keys = wire.NullableStrings(Keys);
        }
    }
}
