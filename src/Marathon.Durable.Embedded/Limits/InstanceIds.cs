namespace Marathon.Durable.Embedded;

/// <summary>Instance ids that both hosts accept.</summary>
internal static class InstanceIds
{
    public const int MaxLength = 100;

    /// <exception cref="ArgumentException">The id is not acceptable; the message says why.</exception>
    public static void Check(string instanceId)
    {
        if (Problem(instanceId) is { } problem)
            throw new ArgumentException($"The instance id {problem}. Use up to {MaxLength} printable ASCII characters without / \\ # ? and no leading @.", nameof(instanceId));
    }

    private static string? Problem(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
            return "is empty";
        if (id.Length > MaxLength)
            return $"has {id.Length} characters";
        if (id[0] == '@')
            return $"'{id}' begins with @";
        foreach (char c in id)
        {
            if (c is < ' ' or > '~')
                return $"holds the character U+{(int)c:X4}";
            if (c is '/' or '\\' or '#' or '?')
                return $"'{id}' holds the character {c}";
        }

        return null;
    }
}
