using System.Text.Json;
using Azure;
using Azure.Core;

namespace Marathon.Azure.Arm;

/// <summary>Looks how a long operation fares by the URL that Resource Manager gave when it began, in any process.</summary>
internal sealed class LongOperations(ArmAccess arm, TimeProvider time)
{
    // Several supervisors may wait for one operation; an operation answers 15 status calls a minute.
    private readonly SharedReads<OperationStatus> statuses = new(time, TimeSpan.FromSeconds(10));

    /// <summary>The URL to store, from the response that began the operation; null when it was done at once.</summary>
    public static Uri? UrlOf(Response response) =>
        (response.Headers.TryGetValue("Azure-AsyncOperation", out string? url) || response.Headers.TryGetValue("Location", out url)) &&
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) ? parsed : null;

    public Task<OperationStatus> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        if (!arm.Owns(url)) throw new ArgumentException($"an operation's URL must lead to Resource Manager, not to {url.Host}", nameof(url));
        return statuses.GetAsync(url.AbsoluteUri, token => ReadAsync(url, token), cancellationToken);
    }

    private async Task<OperationStatus> ReadAsync(Uri url, CancellationToken cancellationToken)
    {
        using HttpMessage message = arm.Pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(url);
        await arm.Pipeline.SendAsync(message, cancellationToken);
        Response response = message.Response;
        // Operations are forgotten after some days: what they did is to be read off the resource.
        if (response.Status == 404) return new OperationStatus(OperationOutcome.Succeeded);
        if (response.IsError) throw new RequestFailedException(response);
        TimeSpan? retryAfter = ArmError.RetryAfterOf(response);
        if (response.Status == 202) return new OperationStatus(OperationOutcome.Running, RetryAfter: retryAfter);
        return Read(response.Content, retryAfter);
    }

    private static OperationStatus Read(BinaryData content, TimeSpan? retryAfter)
    {
        if (content.ToMemory().IsEmpty) return new OperationStatus(OperationOutcome.Succeeded);
        JsonElement body = content.ToObjectFromJson<JsonElement>();
        string status = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("status", out JsonElement value) &&
            value.ValueKind == JsonValueKind.String ? value.GetString()! : "Succeeded";
        return status.ToUpperInvariant() switch
        {
            "SUCCEEDED" => new OperationStatus(OperationOutcome.Succeeded),
            "FAILED" or "CANCELED" => new OperationStatus(
                OperationOutcome.Failed, ArmError.From(body.TryGetProperty("error", out JsonElement error) ? error : default)),
            _ => new OperationStatus(OperationOutcome.Running, RetryAfter: retryAfter),
        };
    }
}
