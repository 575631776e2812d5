using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Control;

/// <summary>Elections that somebody asks for.</summary>
internal sealed partial class Controller
{
    /// <summary>Makes a replica the leader: the one named, else the preferred one (the first assigned).</summary>
    /// <param name="unclean">Also one that is not in sync: what the others have beyond it is lost.</param>
    public ApiFailure ElectLeader(TopicPartition partition, int? leader, bool unclean)
    {
        lock (_sync)
        {
            if (_image.Topic(partition.Topic) is not { } topic || topic.Partition(partition.Partition) is not { } current)
                return new ApiFailure(ErrorCode.UnknownTopicOrPartition, $"there is no partition {partition}");
            var next = leader ?? current.Replicas[0];
            if (current.Leader == next)
                return new ApiFailure(ErrorCode.ElectionNotNeeded, $"broker {next} leads {partition} already");
            if (!current.Replicas.Contains(next) || !_image.IsAlive(next))
                return new ApiFailure(ErrorCode.PreferredLeaderNotAvailable, $"broker {next} is no living replica of {partition}");
            if (!unclean && !current.Isr.Contains(next))
                return new ApiFailure(ErrorCode.PreferredLeaderNotAvailable, $"broker {next} is not in sync; unclean=true elects it all the same");
            var isr = current.Isr.Contains(next) ? current.Isr : [next];
            Publish(Replace(_image, topic, current, Election.WithLeader(current, next, isr)));
            return ApiFailure.None;
        }
    }

    /// <summary>For a partition without a leader: any living replica, in sync or not.</summary>
    public ApiFailure ElectUnclean(TopicPartition partition)
    {
        lock (_sync)
        {
            if (_image.Topic(partition.Topic) is not { } topic || topic.Partition(partition.Partition) is not { } current)
                return new ApiFailure(ErrorCode.UnknownTopicOrPartition, null);
            if (current.HasLeader)
                return new ApiFailure(ErrorCode.ElectionNotNeeded, null);
            var next = Election.Elect(current, _image.IsAlive, uncleanAllowed: true);
            if (!next.HasLeader)
                return new ApiFailure(ErrorCode.EligibleLeadersNotAvailable, null);
            Publish(Replace(_image, topic, current, next));
            return ApiFailure.None;
        }
    }
}
