using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteTopics;

internal sealed class DeleteTopicsResponse : IMessage
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
        public string? Name { get; set; }

        public Guid TopicId { get; set; }

        public ErrorCode Error { get; set; }

        public string? ErrorMessage { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.Version >= 6 ? wire.NullableString(Name) : wire.String(Name ?? "");
            if (wire.Version >= 6)
                TopicId = wire.Uuid(TopicId);
            Error = wire.Error(Error);
            if (wire.Version >= 5)
                ErrorMessage = wire.NullableString(ErrorMessage);
        }
    }
}
