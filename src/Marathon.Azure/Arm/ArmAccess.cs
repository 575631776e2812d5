using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

namespace Marathon.Azure.Arm;

/// <summary>
/// The way to Azure Resource Manager. Nothing in it waits: a call that is throttled or fails fails at once, and the caller
/// tells its orchestrator when to try again, for a durable timer costs nothing while a sleeping activity does.
/// </summary>
public sealed class ArmAccess
{
    private readonly Uri endpoint;

    /// <summary>Access with a credential.</summary>
    /// <param name="credential">A managed identity, as a rule.</param>
    /// <param name="subscriptionId">A GUID.</param>
    /// <param name="options">Environment and transport; its retries are switched off.</param>
    public ArmAccess(TokenCredential credential, string subscriptionId, ArmClientOptions? options = null)
    {
        if (!Guid.TryParse(subscriptionId, out _))
            throw new ArgumentException($"subscription '{subscriptionId}' is not a GUID: take the id that 'az account show' prints", nameof(subscriptionId));
        options ??= new ArmClientOptions();
        options.Retry.MaxRetries = 0;
        ArmEnvironment environment = options.Environment ?? ArmEnvironment.AzurePublicCloud;
        endpoint = environment.Endpoint;
        SubscriptionId = subscriptionId;
        Client = new ArmClient(credential, subscriptionId, options);
        Pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, environment.DefaultScope));
    }

    /// <summary>The subscription.</summary>
    public string SubscriptionId { get; }

    internal ArmClient Client { get; }

    internal HttpPipeline Pipeline { get; }

    internal ResourceGroupResource ResourceGroup(string name) =>
        Client.GetResourceGroupResource(ResourceGroupResource.CreateResourceIdentifier(SubscriptionId, name));

    internal Uri Url(ResourceIdentifier id, string apiVersion) => new(endpoint, $"{id}?api-version={apiVersion}");

    /// <summary>A request about a resource whose type no SDK here knows.</summary>
    /// <exception cref="RequestFailedException">It was refused.</exception>
    internal async Task<Response> SendAsync(RequestMethod method, ResourceIdentifier id, string apiVersion, object? body, CancellationToken cancellationToken)
    {
        using Request request = Pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(Url(id, apiVersion));
        if (body is not null)
        {
            request.Headers.Add(HttpHeader.Common.JsonContentType);
            request.Content = RequestContent.Create(BinaryData.FromObjectAsJson(body));
        }
        Response response = await Pipeline.SendRequestAsync(request, cancellationToken);
        return response.IsError ? throw new RequestFailedException(response) : response;
    }

    /// <summary>
    /// Whether a URL that was stored leads to this Resource Manager: a token must never follow it elsewhere.
    /// </summary>
    internal bool Owns(Uri url) => url.Scheme == Uri.UriSchemeHttps && url.Host == endpoint.Host && url.Port == endpoint.Port;
}
