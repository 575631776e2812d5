namespace Marathon.Testbed.Apis;

internal static class ConfigResourceType
{
    public const sbyte Topic = 2;
    public const sbyte Broker = 4;
}
