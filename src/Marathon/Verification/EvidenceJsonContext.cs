using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>JSON of evidence, facts and results: camelCase, enums in kebab-case, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerEvidence))]
[JsonSerializable(typeof(RunFacts))]
[JsonSerializable(typeof(VerificationResult))]
public sealed partial class EvidenceJsonContext : JsonSerializerContext;
