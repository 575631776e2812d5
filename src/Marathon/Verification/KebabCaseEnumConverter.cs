using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>Enums by their kebab-case names, as in reports: <c>lost-acked-write</c>.</summary>
public sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
