using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>Tells a client at once who leads, when it asked the wrong broker (KIP-951).</summary>
internal sealed class LeaderIdAndEpoch : IMessage
{
    public int LeaderId { get; set; } = -1;

    public int LeaderEpoch { get; set; } = -1;

    public void Exchange(Wire wire)
    {
        LeaderId = wire.Int32(LeaderId);
        LeaderEpoch = wire.Int32(LeaderEpoch);
    }
}
