using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Control;

/// <summary>Topics come and go.</summary>
internal sealed partial class Controller
{
    private const int MaxPartitionsPerTopic = 20_000;

    public (ApiFailure Failure, TopicImage? Topic) CreateTopic(NewTopic wanted, bool validateOnly)
    {
        lock (_sync)
        {
            if (TopicName.Invalid(wanted.Name) is { } reason)
                return Refuse(ErrorCode.InvalidTopicException, reason);
            if (_image.Topics.ContainsKey(wanted.Name))
                return Refuse(ErrorCode.TopicAlreadyExists, $"Topic '{wanted.Name}' already exists.");
            var failure = Assign(wanted, out var assignments);
            if (!failure.IsNone)
                return (failure, null);
            failure = TopicConfigChange.Validate(wanted.Configs, out var overrides);
            if (!failure.IsNone)
                return (failure, null);
            var topic = new TopicImage(
                NewTopicId(), wanted.Name, [.. assignments.Select(NewPartition)], new TopicConfig(overrides, _clusterDefaults));
            if (!validateOnly)
            {
                Publish(_image.With(topic));
                _timeline.Add(TimelineEvent.TopicCreated, new TopicPartition(topic.Name, 0), null, $"{topic.Partitions.Length} partitions");
            }

            return (ApiFailure.None, topic);
        }
    }

    public ApiFailure DeleteTopic(TopicImage topic)
    {
        lock (_sync)
        {
            if (_image.Topic(topic.Id) is not { } current)
                return new ApiFailure(ErrorCode.UnknownTopicOrPartition, null);
            Publish(_image.Without(current));
            _timeline.Add(TimelineEvent.TopicDeleted, new TopicPartition(topic.Name, 0), null, "deleted");
            return ApiFailure.None;
        }
    }

    public ApiFailure CreatePartitions(string name, int count, IReadOnlyList<ImmutableArray<int>>? assignments, bool validateOnly)
    {
        lock (_sync)
        {
            if (_image.Topic(name) is not { } topic)
                return new ApiFailure(ErrorCode.UnknownTopicOrPartition, null);
            var existing = topic.Partitions.Length;
            if (count <= existing || count > MaxPartitionsPerTopic)
            {
                return new ApiFailure(
                    ErrorCode.InvalidPartitions,
                    $"The topic {name} currently has {existing} partition(s); {count} would not be an increase within {MaxPartitionsPerTopic}.");
            }

            if (assignments is not null && assignments.Count != count - existing)
                return new ApiFailure(ErrorCode.InvalidReplicaAssignment, $"{count - existing} assignments are needed, {assignments.Count} given.");
            assignments ??= Spread(count, topic.Partitions[0].Replicas.Length)[existing..];
            if (InvalidAssignment(assignments) is { } reason)
                return new ApiFailure(ErrorCode.InvalidReplicaAssignment, reason);
            if (!validateOnly)
            {
                var added = assignments.Select((replicas, i) => NewPartition(replicas, existing + i));
                Publish(_image.With(topic with { Partitions = topic.Partitions.AddRange(added) }));
            }

            return ApiFailure.None;
        }
    }

    public ApiFailure AlterConfig(string name, ImmutableSortedDictionary<string, string> overrides)
    {
        lock (_sync)
        {
            if (_image.Topic(name) is not { } topic)
                return new ApiFailure(ErrorCode.UnknownTopicOrPartition, null);
            var image = _image.With(topic with { Config = topic.Config.With(overrides) });
            Publish(ElectWhereMissing(image));
            return ApiFailure.None;
        }
    }

    private static (ApiFailure Failure, TopicImage? Topic) Refuse(ErrorCode error, string message) => (new ApiFailure(error, message), null);

    private ApiFailure Assign(NewTopic wanted, out IReadOnlyList<ImmutableArray<int>> assignments)
    {
        assignments = wanted.Assignments;
        if (assignments.Count > 0)
        {
            return InvalidAssignment(assignments) is { } reason
                ? new ApiFailure(ErrorCode.InvalidReplicaAssignment, reason)
                : ApiFailure.None;
        }

        var partitions = wanted.Partitions == -1 ? _options.DefaultPartitions : wanted.Partitions;
        if (partitions is < 1 or > MaxPartitionsPerTopic)
            return new ApiFailure(ErrorCode.InvalidPartitions, $"Number of partitions must be between 1 and {MaxPartitionsPerTopic}, not {partitions}.");
        var replicas = wanted.ReplicationFactor == -1 ? _options.ReplicationFactorOrDefault : wanted.ReplicationFactor;
        var alive = _image.AliveBrokers.Count();
        if (replicas < 1 || replicas > _image.Brokers.Count)
        {
            return new ApiFailure(
                ErrorCode.InvalidReplicationFactor,
                $"Unable to replicate the partition {replicas} time(s): {_image.Brokers.Count} broker(s) are registered, {alive} alive.");
        }

        assignments = Spread(partitions, replicas);
        return ApiFailure.None;
    }

    private ImmutableArray<int>[] Spread(int partitions, int replicas)
    {
        int[] alive = [.. _image.AliveBrokers.Select(broker => broker.Id)];
        int[] brokers = alive.Length >= replicas ? alive : [.. _image.Brokers.Keys];
        var (start, shift) = (_random.Next(brokers.Length), _random.Next(brokers.Length));
        return [.. Enumerable.Range(0, partitions).Select(p => ReplicaAssignment.For(p, replicas, brokers, start, shift))];
    }

    private string? InvalidAssignment(IReadOnlyList<ImmutableArray<int>> assignments)
    {
        foreach (var replicas in assignments)
        {
            if (replicas.IsEmpty || replicas.Distinct().Count() != replicas.Length)
                return "A partition's replicas must be at least one broker, each once.";
            if (replicas.Length != assignments[0].Length)
                return "All partitions must have the same number of replicas.";
            if (replicas.FirstOrDefault(id => !_image.Brokers.ContainsKey(id), -1) is var unknown and not -1)
                return $"The replica assignment names broker {unknown}, which is not registered.";
        }

        return null;
    }

    private PartitionImage NewPartition(ImmutableArray<int> replicas, int index)
    {
        var alive = replicas.Where(_image.IsAlive).ToImmutableArray();
        return new PartitionImage(index, replicas, alive.IsEmpty ? replicas : alive, alive.IsEmpty ? PartitionImage.NoLeader : alive[0], 0, 0);
    }

    private Guid NewTopicId()
    {
        Span<byte> id = stackalloc byte[16];
        _random.NextBytes(id);
        return new Guid(id);
    }
}
