using System.Globalization;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace Marathon.Azure.Storage;

/// <summary>
/// Blobs of a container of an Azure storage account, by its REST interface. Each is written whole, and replaced only when it
/// is the version that the writer knows. The container is made when it is missing.
/// </summary>
public sealed class BlobContainer
{
    private const string NumberHeader = "x-ms-meta-number";

    private readonly string container;
    private readonly StorageRequests requests;

    /// <summary>A container of a storage account.</summary>
    /// <param name="service">The account's blob endpoint: <c>https://stmarathon.blob.core.windows.net/</c>.</param>
    /// <param name="container">Lower-case letters, digits and hyphens.</param>
    /// <param name="credential">A managed identity, as a rule.</param>
    /// <param name="time">The clock that dates requests.</param>
    /// <param name="options">Transport.</param>
    public BlobContainer(Uri service, string container, TokenCredential credential, TimeProvider time, StorageOptions? options = null)
    {
        if (container.Length is < 3 or > 63 || !container.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"container '{container}': 3 to 63 lower-case letters, digits and hyphens", nameof(container));
        this.container = container;
        requests = new StorageRequests(service, credential, time, options);
    }

    /// <summary>Reads a blob whole; null when there is none.</summary>
    public async Task<Blob?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Get, Address(name), [], null, cancellationToken);
        return response.Status == 404 ? null : new Blob(StorageRequests.Check(response).Content.ToMemory(), StorageRequests.VersionOf(response), NumberOf(response));
    }

    /// <summary>A blob's version and number, without its content; null when there is none.</summary>
    public async Task<Blob?> LookAsync(string name, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Head, Address(name), [], null, cancellationToken);
        return response.Status == 404 ? null : new Blob(default, StorageRequests.VersionOf(response), NumberOf(response));
    }

    /// <summary>Writes a blob whole. False when it is not, or no more, the version that the writer knows.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">All of it.</param>
    /// <param name="known">The version to be replaced; null when there must be none.</param>
    /// <param name="number">A number to keep with it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<bool> TryWriteAsync(string name, ReadOnlyMemory<byte> content, ETag? known, long number, CancellationToken cancellationToken)
    {
        (string, string) condition = known is { } version ? ("If-Match", version.ToString("H")) : ("If-None-Match", "*");
        Response response = await WriteAsync(name, content, number, condition, cancellationToken);
        return response.Status is not (409 or 412 or 404) && StorageRequests.Check(response) is not null;
    }

    /// <summary>Writes a blob whole, in place of whatever is there.</summary>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        StorageRequests.Check(await WriteAsync(name, content, 0, null, cancellationToken));

    /// <summary>Names of all blobs that begin so, by name.</summary>
    public async Task<IReadOnlyList<BlobName>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        List<BlobName> names = [];
        string? marker = "";
        while (marker is not null)
        {
            string page = $"{container}?restype=container&comp=list&prefix={Uri.EscapeDataString(prefix)}" + (marker.Length > 0 ? $"&marker={Uri.EscapeDataString(marker)}" : "");
            Response response = StorageRequests.Check(await SendAsync(RequestMethod.Get, page, [], null, cancellationToken));
            XElement list = XElement.Load(response.Content.ToStream());
            names.AddRange(list.Descendants("Blob").Select(blob => new BlobName(blob.Element("Name")!.Value, new ETag(blob.Descendants("Etag").Single().Value.Trim('"')))));
            marker = list.Element("NextMarker") is { Value.Length: > 0 } next ? next.Value : null;
        }

        return names;
    }

    private Task<Response> WriteAsync(string name, ReadOnlyMemory<byte> content, long number, (string, string)? condition, CancellationToken cancellationToken)
    {
        List<(string, string)> headers =
        [
            ("x-ms-blob-type", "BlockBlob"),
            ("Content-Type", "application/octet-stream"),
            (NumberHeader, number.ToString(CultureInfo.InvariantCulture)),
        ];
        if (condition is { } header) headers.Add(header);
        return SendAsync(RequestMethod.Put, Address(name), headers, () => RequestContent.Create(content), cancellationToken);
    }

    /// <summary>Sends; when the container is missing, makes it and sends again.</summary>
    private async Task<Response> SendAsync(
        RequestMethod method, string path, List<(string, string)> headers, Func<RequestContent>? body, CancellationToken cancellationToken)
    {
        Response response = await requests.SendAsync(method, path, headers, body?.Invoke(), cancellationToken);
        if (response.Status != 404 || !(response.Headers.TryGetValue("x-ms-error-code", out string? code) && code == "ContainerNotFound")) return response;
        Response made = await requests.SendAsync(RequestMethod.Put, $"{container}?restype=container", [], null, cancellationToken);
        if (made.Status != 409) StorageRequests.Check(made);
        return await requests.SendAsync(method, path, headers, body?.Invoke(), cancellationToken);
    }

    private string Address(string name) => $"{container}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    private static long NumberOf(Response response) =>
        response.Headers.TryGetValue(NumberHeader, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
