namespace Marathon.Testbed.Metadata;

/// <summary>A setting as DescribeConfigs shows it.</summary>
internal sealed record ConfigDefinition(string Name, string Default, ConfigType Type, Func<string, bool> IsValid);
