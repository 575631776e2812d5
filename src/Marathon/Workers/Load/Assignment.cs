namespace Marathon.Workers.Load;

/// <summary>How consumers get their partitions.</summary>
public enum Assignment
{
    /// <summary>The controller deals them out; no group.</summary>
    Assign,

    /// <summary>By the group protocol.</summary>
    Subscribe,
}
