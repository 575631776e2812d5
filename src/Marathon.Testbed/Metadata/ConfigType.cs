namespace Marathon.Testbed.Metadata;

/// <summary>The types of settings, by their number in DescribeConfigs.</summary>
internal enum ConfigType : sbyte
{
    Boolean = 1,
    String = 2,
    Int32 = 3,
    Int64 = 5,
    Double = 6,
    List = 7,
}
