using System.Buffers.Binary;
using System.Text;
using Marathon.Testbed.Apis.DescribeGroups;

namespace Marathon.Testbed.Groups;

/// <summary>The group as others see it.</summary>
internal sealed partial class Group
{
    public DescribeGroupsResponse.Group Describe()
    {
        lock (_sync)
        {
            var isSettled = State == GroupState.Stable;
            return new DescribeGroupsResponse.Group
            {
                GroupId = Id,
                State = State.ToString(),
                ProtocolType = ProtocolType,
                ProtocolData = isSettled ? _protocol ?? "" : "",
                Members =
                [
                    .. _members.Values.Select(member => new DescribeGroupsResponse.Member
                    {
                        MemberId = member.Id,
                        GroupInstanceId = member.InstanceId,
                        ClientId = member.ClientId,
                        ClientHost = member.ClientHost,
                        Metadata = isSettled ? member.Metadata(_protocol) : default,
                        Assignment = isSettled ? member.Assignment : default,
                    }),
                ],
            };
        }
    }

    /// <summary>True when a member's subscription names the topic (or cannot be read, to be on the safe side).</summary>
    public bool IsSubscribedTo(string topic)
    {
        lock (_sync)
            return ProtocolType == "consumer" && _members.Values.Any(member => Subscribes(member.Metadata(_protocol).Span, topic));
    }

    private static bool Subscribes(ReadOnlySpan<byte> subscription, string topic)
    {
        if (subscription.Length < 6)
            return true;
        var count = BinaryPrimitives.ReadInt32BigEndian(subscription[2..]);
        var rest = subscription[6..];
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < 2 || BinaryPrimitives.ReadInt16BigEndian(rest) is var length && (length < 0 || rest.Length < 2 + length))
                return true;
            if (Encoding.UTF8.GetString(rest.Slice(2, length)) == topic)
                return true;
            rest = rest[(2 + length)..];
        }

        return false;
    }
}
