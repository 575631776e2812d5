using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeGroups;

internal sealed class DescribeGroupsRequest : IMessage
{
    public List<string> Groups { get; set; } = [];

    public bool IncludeAuthorizedOperations { get; set; }

    public void Exchange(Wire wire)
    {
        Groups = wire.Strings(Groups);
        if (wire.Version >= 3)
            IncludeAuthorizedOperations = wire.Bool(IncludeAuthorizedOperations);
    }
}
