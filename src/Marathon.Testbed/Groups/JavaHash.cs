namespace Marathon.Testbed.Groups;

/// <summary>Java's string hash, which decides which partition of an internal topic a group or transactional id belongs to.</summary>
internal static class JavaHash
{
    public static int PartitionFor(string key, int partitions)
    {
        var hash = 0;
        foreach (var c in key)
            hash = unchecked(31 * hash + c);
        return (hash == int.MinValue ? 0 : Math.Abs(hash)) % partitions;
    }
}
