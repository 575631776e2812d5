using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Marathon.Azure.Storage;

/// <summary>Requests to one service of a storage account, with the headers that all of them carry.</summary>
internal sealed class StorageRequests
{
    private const string ApiVersion = "2021-12-02";

    private readonly Uri service;
    private readonly HttpPipeline pipeline;
    private readonly TimeProvider time;

    public StorageRequests(Uri service, TokenCredential credential, TimeProvider time, StorageOptions? options)
    {
        if (service.Scheme != Uri.UriSchemeHttps) throw new ArgumentException($"storage is reached by https, not {service}", nameof(service));
        options ??= new StorageOptions();
        (this.service, this.time) = (new Uri(service.AbsoluteUri.TrimEnd('/') + "/"), time);
        pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, options.Scope));
    }

    /// <summary>Sends once, whatever the answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query below the service's address, escaped.</param>
    /// <param name="headers">More headers.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Response> SendAsync(
        RequestMethod method, string path, IEnumerable<(string Name, string Value)> headers, RequestContent? body, CancellationToken cancellationToken)
    {
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(service.AbsoluteUri + path));
        message.Request.Headers.Add("x-ms-version", ApiVersion);
        message.Request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        foreach ((string name, string value) in headers) message.Request.Headers.Add(name, value);
        message.Request.Content = body;
        await pipeline.SendAsync(message, cancellationToken);
        return message.Response;
    }

    /// <summary>Which version a response is about.</summary>
    /// <exception cref="RequestFailedException">It is a refusal.</exception>
    public static ETag VersionOf(Response response) => Check(response).Headers.ETag ?? throw new InvalidDataException("storage answered without an ETag");

    /// <summary>The response, unless it is a refusal.</summary>
    /// <exception cref="RequestFailedException">It is one.</exception>
    public static Response Check(Response response) => response.IsError ? throw new RequestFailedException(response) : response;
}
