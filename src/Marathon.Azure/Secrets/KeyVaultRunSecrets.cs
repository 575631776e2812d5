using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Marathon.Azure.Secrets;

/// <summary>Secrets in an Azure Key Vault, by its REST interface.</summary>
public sealed class KeyVaultRunSecrets : IRunSecrets
{
    private const string ApiVersion = "7.4";
    private readonly Uri vault;
    private readonly HttpPipeline pipeline;

    /// <summary>A vault by its URI: <c>https://kv-marathon.vault.azure.net/</c>.</summary>
    public KeyVaultRunSecrets(Uri vault, TokenCredential credential, KeyVaultOptions? options = null)
    {
        if (vault.Scheme != Uri.UriSchemeHttps) throw new ArgumentException($"a vault is reached by https, not {vault}", nameof(vault));
        this.vault = vault;
        options ??= new KeyVaultOptions();
        pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, options.Scope));
    }

    /// <inheritdoc />
    public async Task<Uri> PutAsync(string name, string value, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        JsonObject body = new()
        {
            ["value"] = value,
            ["contentType"] = "text/plain",
            ["attributes"] = new JsonObject { ["exp"] = expires.ToUnixTimeSeconds() },
        };
        await SendAsync(RequestMethod.Put, Reference(name), body, cancellationToken);
        return Reference(name);
    }

    /// <inheritdoc />
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await SendAsync(RequestMethod.Get, Reference(name), null, cancellationToken)).Content.ToObjectFromJson<JsonElement>().GetProperty("value").GetString();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public Uri Reference(string name) => new(vault, $"secrets/{Uri.EscapeDataString(name)}");

    /// <inheritdoc />
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(RequestMethod.Delete, Reference(name), null, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // What was to be done is done.
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken)
    {
        List<StoredSecret> found = [];
        Uri? page = new(vault, "secrets?maxresults=25");
        while (page is not null)
        {
            JsonElement body = (await SendAsync(RequestMethod.Get, page, null, cancellationToken)).Content.ToObjectFromJson<JsonElement>();
            foreach (JsonElement secret in body.GetProperty("value").EnumerateArray())
                found.Add(new StoredSecret(
                    new Uri(secret.GetProperty("id").GetString()!).Segments[2].TrimEnd('/'),
                    DateTimeOffset.FromUnixTimeSeconds(secret.GetProperty("attributes").GetProperty("created").GetInt64())));
            page = body.TryGetProperty("nextLink", out JsonElement next) && next.GetString() is { Length: > 0 } link ? Next(link) : null;
        }
        return found;
    }

    private Uri Next(string link)
    {
        Uri next = new(link);
        return next.Host == vault.Host ? next : throw new InvalidDataException($"the vault's next page is at another host: {next.Host}");
    }

    private async Task<Response> SendAsync(RequestMethod method, Uri url, JsonObject? body, CancellationToken cancellationToken)
    {
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(url);
        if (!url.Query.Contains("api-version", StringComparison.Ordinal)) message.Request.Uri.AppendQuery("api-version", ApiVersion);
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
        }
        await pipeline.SendAsync(message, cancellationToken);
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }
}
