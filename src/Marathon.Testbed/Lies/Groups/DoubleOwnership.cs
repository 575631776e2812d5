using Marathon.Runs;
using Marathon.Testbed.Apis.SyncGroup;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Groups;

/// <summary>Gives a partition that one member of a group has to another one too.</summary>
internal sealed class DoubleOwnership(LieSpec asked, LieContext context) : Lie(asked, context)
{
    protected override double? DefaultRate => 1;

    /// <summary>Changes what the group's leader has decided.</summary>
    public void Change(string group, List<SyncGroupRequest.Assignment> assignments)
    {
        var owners = assignments.FindAll(each => ConsumerAssignment.Read(each.Bytes) is { Topics.Count: > 0 });
        if (owners.Count == 0 || assignments.Count < 2 || !IsDue())
            return;
        Promise();
        var first = owners[0];
        var second = assignments.Find(each => each != first)!;
        var topic = ConsumerAssignment.Read(first.Bytes)!.Topics[0];
        var shared = topic.Partitions[0];
        second.Bytes = (ConsumerAssignment.Read(second.Bytes) ?? new ConsumerAssignment()).With(topic.Name, shared).Write();
        Told(new TopicPartition(topic.Name, shared), -1, $"given to {first.MemberId} and to {second.MemberId} of group {group}");
    }
}
