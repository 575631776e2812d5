using System.Text.Json;
using System.Text.Json.Serialization;
using Marathon.Workers.Commands;
using Marathon.Workers.Load;

namespace Marathon.Workers;

/// <summary>JSON of everything between controller and workers: camelCase, enums by name, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(WorkerEvent))]
[JsonSerializable(typeof(WorkerSignal))]
[JsonSerializable(typeof(LoadSpec))]
[JsonSerializable(typeof(ThroughputChange))]
[JsonSerializable(typeof(StopLoad))]
[JsonSerializable(typeof(CommandAnswer))]
public sealed partial class WorkerJson : JsonSerializerContext;
