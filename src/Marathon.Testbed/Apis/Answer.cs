using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>What a handler gives back: a response, one that is still to come, or none at all (a produce request with acks=0).</summary>
internal readonly record struct Answer(IMessage? Now, Task<IMessage?>? Later)
{
    public static Answer None => default;

    public static implicit operator Answer(Task<IMessage?> later) => new(null, later);

    public static Answer Of(IMessage message) => new(message, null);
}
