namespace Marathon.Testbed.Metadata;

/// <summary>Where a setting's value comes from, by its number in DescribeConfigs.</summary>
internal enum ConfigSource : sbyte
{
    Topic = 1,
    StaticBroker = 4,
    Default = 5,
}
