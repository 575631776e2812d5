using System.Collections.Immutable;

namespace Marathon.Testbed.Control;

/// <summary>A topic to be made.</summary>
/// <param name="Partitions">-1 for the default, or when <paramref name="Assignments"/> are given.</param>
internal sealed record NewTopic(
    string Name, int Partitions, int ReplicationFactor, IReadOnlyList<ImmutableArray<int>> Assignments, IReadOnlyDictionary<string, string?> Configs)
{
    public static NewTopic WithDefaults(string name, int partitions = -1, IReadOnlyDictionary<string, string?>? configs = null) =>
        new(name, partitions, -1, [], configs ?? new Dictionary<string, string?>());
}
