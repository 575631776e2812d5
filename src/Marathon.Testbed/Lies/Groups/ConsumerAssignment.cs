using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Lies.Groups;

/// <summary>What a member of a consumer group is assigned, as clients encode it: for brokers these are bytes.</summary>
internal sealed class ConsumerAssignment : IMessage
{
    public short Version { get; set; }

    public List<Topic> Topics { get; set; } = [];

    /// <summary>Null where the bytes are no assignment.</summary>
    public static ConsumerAssignment? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var assignment = new ConsumerAssignment();
            new WireReader(bytes, 0, flexible: false).Struct(assignment);
            return assignment;
        }
        catch (MalformedFrameException)
        {
            return null;
        }
    }

    public ConsumerAssignment With(string topic, int partition)
    {
        var known = Topics.Find(each => each.Name == topic);
        if (known is null)
            Topics.Add(known = new Topic { Name = topic });
        known.Partitions.Add(partition);
        return this;
    }

    public ReadOnlyMemory<byte> Write()
    {
        using var writer = new WireWriter(0, flexible: false);
        writer.Struct(this);
        writer.Int32(-1);
        return writer.Written.ToArray();
    }

    public void Exchange(Wire wire)
    {
        Version = wire.Int16(Version);
        Topics = wire.Array(Topics);
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
