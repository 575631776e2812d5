using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Azure.Fleets;

/// <summary>What a <see cref="Controller.Fleets.FleetOperation"/> of this provider carries from one poll to the next. No secrets.</summary>
internal sealed record OperationHandle
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The fleet is being released; else brought to its size.</summary>
    public bool Release { get; init; }

    /// <summary>How many machines it is to have.</summary>
    public int Size { get; init; }

    public Uri? Controller { get; init; }

    public double LeaseSeconds { get; init; }

    /// <summary>Whose token its machines read.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The change that is under way, and which placement it is for.</summary>
    public Uri? Url { get; init; }

    public int Placement { get; init; }

    /// <summary>When it was asked for: what was read before does not show that it is done.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Changes that failed for another reason than capacity.</summary>
    public int Failures { get; init; }

    /// <summary>Placements that have no room, and what each said.</summary>
    public IReadOnlyDictionary<int, Refusal> Refused { get; init; } = new Dictionary<int, Refusal>();

    public string Write() => JsonSerializer.Serialize(this, s_json);

    /// <exception cref="ArgumentException">The text is not a handle.</exception>
    public static OperationHandle Read(string? text)
    {
        try
        {
            OperationHandle handle = JsonSerializer.Deserialize<OperationHandle>(text ?? "null", s_json) ?? throw new JsonException("it is empty");
            return handle.Release || (handle is { Size: > 0, Controller: not null, Placement: >= 0 }) ? handle : throw new JsonException("size or controller is missing");
        }
        catch (JsonException problem)
        {
            throw new ArgumentException($"the operation's handle cannot be read ({problem.Message}): start the fleet again instead", problem);
        }
    }
}
