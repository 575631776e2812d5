using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Marathon.Durable.Embedded.Http;

/// <summary>Query parameters by type. One that is present and makes no sense is refused by name.</summary>
internal sealed class ManagementQuery(HttpRequest request)
{
    public string? Text(string name) => request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public bool Flag(string name, bool otherwise = false) =>
        Parse(name, "true or false", text => bool.TryParse(text, out bool value) ? value : (bool?)null) ?? otherwise;

    public int? Number(string name) => Parse(
        name, "a number of 1 or more",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : (int?)null);

    public TimeSpan? Seconds(string name) => Parse(
        name, "a number of seconds, up to a day",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value <= 86_400
            ? TimeSpan.FromSeconds(value) : (TimeSpan?)null);

    public DateTimeOffset? Time(string name) => Parse(
        name, "a time such as 2026-01-31T12:00:00Z",
        text => DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset value)
            ? value : (DateTimeOffset?)null);

    /// <summary>Statuses separated by commas; null when there are none.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name) => Text(name) is not { } text ? null :
    [
        .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(status =>
            Enum.TryParse(status, ignoreCase: true, out OrchestrationRuntimeStatus value) && !char.IsAsciiDigit(status[0])
                ? value
                : throw new ArgumentException(
                    $"The query parameter {name} holds '{status}'. Use {string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())}.")),
    ];

    private T? Parse<T>(string name, string expected, Func<string, T?> parse)
        where T : struct =>
        Text(name) is not { } text ? null
        : parse(text) ?? throw new ArgumentException($"The query parameter {name} is '{text}'; it must be {expected}.");
}
