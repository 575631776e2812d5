using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Fetch;

internal sealed class FetchTopic : IMessage
{
    public string Name { get; set; } = "";

    public Guid TopicId { get; set; }

    public List<FetchPartition> Partitions { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version <= 12)
            Name = wire.String(Name);
        else
            TopicId = wire.Uuid(TopicId);
        Partitions = wire.Array(Partitions);
    }
}
