using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Marathon.Durable;

/// <summary>The state of an instance as clients see it.</summary>
public sealed record OrchestrationMetadata(string Name, string InstanceId)
{
    /// <summary>Null unless inputs and outputs were asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public string? SerializedInput { get; init; }

    /// <summary>JSON; for a failed instance the bare message.</summary>
    public string? SerializedOutput { get; init; }

    public string? SerializedCustomStatus { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public TaskFailureDetails? FailureDetails { get; init; }

    public bool IsRunning => RuntimeStatus is OrchestrationRuntimeStatus.Running;

    public bool IsCompleted => RuntimeStatus is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public T? ReadInputAs<T>() => Converter("input data").Deserialize<T>(SerializedInput);

    public T? ReadOutputAs<T>() => Converter("output data").Deserialize<T>(SerializedOutput);

    public T? ReadCustomStatusAs<T>() => Converter("input and output data").Deserialize<T>(SerializedCustomStatus);

    private DataConverter Converter(string data, [CallerMemberName] string method = "") =>
        DataConverter ?? throw new InvalidOperationException(
            $"The {method} method can only be used on {nameof(OrchestrationMetadata)} objects that are fetched with the option to include {data}.");
}
