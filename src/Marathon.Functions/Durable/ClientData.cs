using System.Diagnostics.CodeAnalysis;
using Marathon.Durable;
using Sdk = Microsoft.DurableTask;
using SdkClient = Microsoft.DurableTask.Client;

namespace Marathon.Functions.Durable;

/// <summary>What goes through a client, in both directions.</summary>
internal static class ClientData
{
    [return: NotNullIfNotNull(nameof(options))]
    public static Sdk.StartOrchestrationOptions? ToSdk(this StartOrchestrationOptions? options) => options is null
        ? null
        : new Sdk.StartOrchestrationOptions(options.InstanceId, options.StartAt) { Tags = options.Tags, DedupeStatuses = options.DedupeStatuses };

    [return: NotNullIfNotNull(nameof(options))]
    public static SdkClient.TerminateInstanceOptions? ToSdk(this TerminateInstanceOptions? options) =>
        options is null ? null : new(options.Output, options.Recursive);

    [return: NotNullIfNotNull(nameof(options))]
    public static SdkClient.PurgeInstanceOptions? ToSdk(this PurgeInstanceOptions? options) => options is null ? null : new(options.Recursive);

    public static SdkClient.PurgeInstancesFilter ToSdk(this PurgeInstancesFilter filter) =>
        new(filter.CreatedFrom, filter.CreatedTo, filter.Statuses?.Select(ToSdk));

    [return: NotNullIfNotNull(nameof(query))]
    public static SdkClient.OrchestrationQuery? ToSdk(this OrchestrationQuery? query) => query is null ? null : new(
        query.CreatedFrom, query.CreatedTo, query.Statuses?.Select(ToSdk), query.TaskHubNames, query.InstanceIdPrefix, query.PageSize,
        query.FetchInputsAndOutputs, query.ContinuationToken);

    public static PurgeResult ToMarathon(this SdkClient.PurgeResult result) => new(result.PurgedInstanceCount, result.IsComplete);

    public static OrchestrationMetadata ToMarathon(this SdkClient.OrchestrationMetadata instance) => new(instance.Name, instance.InstanceId)
    {
        DataConverter = instance.DataConverter is { } converter ? new Converter(converter) : null,
        RuntimeStatus = instance.RuntimeStatus.ToMarathon(),
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.LastUpdatedAt,
        SerializedInput = instance.SerializedInput,
        SerializedOutput = instance.SerializedOutput,
        SerializedCustomStatus = instance.SerializedCustomStatus,
        Tags = instance.Tags,
        FailureDetails = instance.FailureDetails?.ToMarathon(),
    };

    // Both enums have the same names.
    public static OrchestrationRuntimeStatus ToMarathon(this SdkClient.OrchestrationRuntimeStatus status) =>
        Enum.Parse<OrchestrationRuntimeStatus>(status.ToString());

    private static SdkClient.OrchestrationRuntimeStatus ToSdk(this OrchestrationRuntimeStatus status) =>
        Enum.Parse<SdkClient.OrchestrationRuntimeStatus>(status.ToString());

    private sealed class Converter(Sdk.DataConverter inner) : DataConverter
    {
        [return: NotNullIfNotNull(nameof(value))]
        public override string? Serialize(object? value) => inner.Serialize(value);

        public override object? Deserialize(string? data, Type targetType) => inner.Deserialize(data, targetType);
    }
}
