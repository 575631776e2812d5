using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteGroups;

internal sealed class DeleteGroupsRequest : IMessage
{
    public List<string> Groups { get; set; } = [];

    public void Exchange(Wire wire) => Groups = wire.Strings(Groups);
}
