using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeLogDirs;

internal sealed class DescribeLogDirsRequest : IMessage
{
    /// <summary>Null asks for all.</summary>
    public List<Topic>? Topics { get; set; }

    public void Exchange(Wire wire) => Topics = wire.NullableArray(Topics);

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
