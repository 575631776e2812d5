using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Metadata;

internal sealed class MetadataRequest : IMessage
{
    /// <summary>Null asks for all topics; so does an empty list in version 0.</summary>
    public List<Topic>? Topics { get; set; } = [];

    public bool AllowAutoTopicCreation { get; set; } = true;

    public bool IncludeClusterAuthorizedOperations { get; set; }

    public bool IncludeTopicAuthorizedOperations { get; set; }

    public void Exchange(Wire wire)
    {
        Topics = wire.Version >= 1 ? wire.NullableArray(Topics) : wire.Array(Topics ?? []);
        if (wire.Version >= 4)
            AllowAutoTopicCreation = wire.Bool(AllowAutoTopicCreation);
        if (wire.Version is >= 8 and <= 10)
            IncludeClusterAuthorizedOperations = wire.Bool(IncludeClusterAuthorizedOperations);
        if (wire.Version >= 8)
            IncludeTopicAuthorizedOperations = wire.Bool(IncludeTopicAuthorizedOperations);
    }

    internal sealed class Topic : IMessage
    {
        public Guid TopicId { get; set; }

        public string? Name { get; set; } = "";

        public void Exchange(Wire wire)
        {
            if (wire.Version >= 10)
                TopicId = wire.Uuid(TopicId);
            Name = wire.Version >= 10 ? wire.NullableString(Name) : wire.String(Name ?? "");
        }
    }
}
