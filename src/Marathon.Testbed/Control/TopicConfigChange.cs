using System.Collections.Immutable;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Control;

/// <summary>Checks settings that a client sends.</summary>
internal static class TopicConfigChange
{
    public static ApiFailure Validate(IEnumerable<KeyValuePair<string, string?>> configs, out ImmutableSortedDictionary<string, string> overrides)
    {
        overrides = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in configs)
        {
            if (TopicConfigCatalog.Find(name) is not { } definition)
                return new ApiFailure(ErrorCode.InvalidConfig, $"Unknown topic config name: {name}");
            if (value is null || !definition.IsValid(value))
                return new ApiFailure(ErrorCode.InvalidConfig, $"Invalid value {value ?? "null"} for configuration {name}");
            overrides = overrides.SetItem(name, value);
        }

        return ApiFailure.None;
    }
}
