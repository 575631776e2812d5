using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.CreatePartitions;

internal sealed class CreatePartitionsResponse : IMessage
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
        public string Name { get; set; } = "";

        public ErrorCode Error { get; set; }

        public string? ErrorMessage { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Error = wire.Error(Error);
            ErrorMessage = wire.NullableString(ErrorMessage);
        }
    }
}
