using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteTopics;

internal sealed class DeleteTopicsRequest : IMessage
{
    public List<Topic> Topics { get; set; } = [];

    public List<string> TopicNames { get; set; } = [];

    public int TimeoutMs { get; set; }

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 6)
            Topics = wire.Array(Topics);
        else
            TopicNames = wire.Strings(TopicNames);
        TimeoutMs = wire.Int32(TimeoutMs);
    }

    internal sealed class Topic : IMessage
    {
        public string? Name { get; set; }

        public Guid TopicId { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.NullableString(Name);
            TopicId = wire.Uuid(TopicId);
        }
    }
}
