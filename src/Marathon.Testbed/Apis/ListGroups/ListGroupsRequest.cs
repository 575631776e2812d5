using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListGroups;

internal sealed class ListGroupsRequest : IMessage
{
    public List<string> StatesFilter { get; set; } = [];

    public List<string> TypesFilter { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 4)
            StatesFilter = wire.Strings(StatesFilter);
        if (wire.Version >= 5)
            TypesFilter = wire.Strings(TypesFilter);
    }
}
