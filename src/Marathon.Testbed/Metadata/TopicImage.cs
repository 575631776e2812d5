using System.Collections.Immutable;

namespace Marathon.Testbed.Metadata;

internal sealed record TopicImage(Guid Id, string Name, ImmutableArray<PartitionImage> Partitions, TopicConfig Config)
{
    public const string ConsumerOffsets = "__consumer_offsets";
    public const string TransactionState = "__transaction_state";

    public bool IsInternal => IsInternalName(Name);

    public static bool IsInternalName(string name) => name is ConsumerOffsets or TransactionState;

    public PartitionImage? Partition(int index) => index >= 0 && index < Partitions.Length ? Partitions[index] : null;
}
