using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace Marathon.Functions.Durable;

/// <summary>
/// Binds every function but orchestrators to the Durable extension's client: activities and handlers of requests use it alike, and
/// only through a binding does the host say where it listens.
/// </summary>
internal sealed class DurableClientBinding : IFunctionMetadataTransformer
{
    /// <summary>Name of the binding, the same in every function.</summary>
    public const string BindingName = "marathonDurableClient";

    private const string Raw = $$"""{"name":"{{BindingName}}","type":"durableClient","direction":"In","properties":{} }""";

    public string Name => nameof(DurableClientBinding);

    public void Transform(IList<IFunctionMetadata> original)
    {
        foreach (IFunctionMetadata function in original)
        {
            if (function.RawBindings is { } bindings && !bindings.Any(binding => binding.Contains("\"orchestrationTrigger\"", StringComparison.Ordinal)))
            {
                bindings.Add(Raw);
            }
        }
    }
}
