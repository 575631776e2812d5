using Marathon.Faults;
using Marathon.Kafka.Admin;

namespace Marathon.Cli.Faults;

/// <summary>Finds the broker that holds a role.</summary>
internal static class FaultTarget
{
    /// <summary>The broker to strike; null while no living one holds the role.</summary>
    /// <param name="fault">What was asked for.</param>
    /// <param name="partitions">Of the fault's topic; empty when it names none.</param>
    /// <param name="living">Brokers that run and that no fault holds already.</param>
    public static int? Find(FaultSpec fault, IReadOnlyList<PartitionInfo> partitions, IReadOnlyCollection<int> living)
    {
        PartitionInfo? partition = partitions.FirstOrDefault(p => p.Partition == fault.Partition);
        IEnumerable<int> candidates = fault.Role switch
        {
            FaultRole.Any => living.Order(),
            FaultRole.Leader => partition?.Leader is { } leader ? [leader] : [],
            FaultRole.Follower => partition?.Replicas.Where(r => r != partition.Leader) ?? [],
            _ => throw new ArgumentOutOfRangeException(nameof(fault), $"role {fault.Role} is not known here"),
        };
        return candidates.Where(living.Contains).Select(b => (int?)b).FirstOrDefault();
    }

    /// <summary>For people.</summary>
    public static string Describe(FaultSpec fault) => fault.Role == FaultRole.Any
        ? "there"
        : $"{fault.Role.ToString().ToLowerInvariant()} of {fault.Topic ?? "(no topic)"}-{fault.Partition}";
}
