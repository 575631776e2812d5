using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.FindCoordinator;

internal sealed class FindCoordinatorRequest : IMessage
{
    public const sbyte GroupKey = 0;
    public const sbyte TransactionKey = 1;

    public string Key { get; set; } = "";

    public sbyte KeyType { get; set; }

    public List<string> CoordinatorKeys { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version <= 3)
            Key = wire.String(Key);
        if (wire.Version >= 1)
            KeyType = wire.Int8(KeyType);
        if (wire.Version >= 4)
            CoordinatorKeys = wire.Strings(CoordinatorKeys);
    }
}
