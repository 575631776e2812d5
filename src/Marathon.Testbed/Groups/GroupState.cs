namespace Marathon.Testbed.Groups;

/// <summary>States of a group in the classic protocol; their names are those that DescribeGroups answers.</summary>
internal enum GroupState
{
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
    Dead,
}
