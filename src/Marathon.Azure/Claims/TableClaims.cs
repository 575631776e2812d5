using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Marathon.Azure.Claims;

/// <summary>Claims in an Azure storage table, by its REST interface: the run is the partition, the key the row.</summary>
public sealed class TableClaims : IClaimStore
{
    private const string ApiVersion = "2020-12-06";
    private const int Writers = 16;

    private readonly Uri service;
    private readonly string table;
    private readonly HttpPipeline pipeline;
    private readonly TimeProvider time;

    /// <summary>A table of a storage account; made when it is missing.</summary>
    /// <param name="service">The account's table endpoint: <c>https://stmarathon.table.core.windows.net/</c>.</param>
    /// <param name="table">Letters and digits.</param>
    /// <param name="credential">A managed identity, as a rule.</param>
    /// <param name="time">The clock that dates requests.</param>
    /// <param name="options">Transport.</param>
    public TableClaims(Uri service, string table, TokenCredential credential, TimeProvider time, TableClaimsOptions? options = null)
    {
        if (service.Scheme != Uri.UriSchemeHttps) throw new ArgumentException($"a table is reached by https, not {service}", nameof(service));
        if (table.Length is < 3 or > 63 || !table.All(char.IsAsciiLetterOrDigit)) throw new ArgumentException($"table '{table}': 3 to 63 letters and digits", nameof(table));
        (this.service, this.table, this.time) = (new Uri(service.AbsoluteUri.TrimEnd('/') + "/"), table, time);
        options ??= new TableClaimsOptions();
        pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, options.Scope));
    }

    /// <inheritdoc />
    public async Task<bool> TryAddAsync(string runId, ClaimRow row, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Post, table, Entity(runId, row), cancellationToken);
        return response.Status == 409 ? false : Check(response) is not null;
    }

    /// <inheritdoc />
    public Task PutAsync(string runId, IReadOnlyList<ClaimRow> rows, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        rows,
        new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
        async (row, token) => Check(await SendAsync(RequestMethod.Put, Address(runId, row.Key), Entity(runId, row), token)));

    /// <inheritdoc />
    public async Task<IReadOnlyList<ClaimRow>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        List<ClaimRow> rows = [];
        string filter = Uri.EscapeDataString($"PartitionKey eq '{Quoted(runId)}'");
        await foreach (JsonElement entity in QueryAsync($"{table}()?$filter={filter}", cancellationToken))
            rows.Add(new ClaimRow(entity.GetProperty("RowKey").GetString()!, entity.GetProperty("Value").GetString()!, entity.GetProperty("At").GetDateTimeOffset()));
        return rows;
    }

    /// <inheritdoc />
    public async Task RemoveAsync(string runId, string key, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Delete, Address(runId, key), null, cancellationToken);
        if (response.Status != 404) Check(response);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> RunsAsync(CancellationToken cancellationToken)
    {
        HashSet<string> runs = [];
        await foreach (JsonElement entity in QueryAsync($"{table}()?$select=PartitionKey", cancellationToken))
            runs.Add(entity.GetProperty("PartitionKey").GetString()!);
        return [.. runs];
    }

    private async IAsyncEnumerable<JsonElement> QueryAsync(
        string query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string next = "";
        do
        {
            Response response = Check(await SendAsync(RequestMethod.Get, query + next, null, cancellationToken));
            foreach (JsonElement entity in response.Content.ToObjectFromJson<JsonElement>().GetProperty("value").EnumerateArray())
                yield return entity;
            next = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out string? partition)
                ? $"&NextPartitionKey={Uri.EscapeDataString(partition)}" +
                  (response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out string? row) ? $"&NextRowKey={Uri.EscapeDataString(row)}" : "")
                : "";
        }
        while (next.Length > 0);
    }

    /// <summary>Sends; when the table is missing, makes it and sends again.</summary>
    private async Task<Response> SendAsync(RequestMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        Response response = await SendOnceAsync(method, path, body, cancellationToken);
        if (response.Status != 404 || !response.Content.ToString().Contains("TableNotFound", StringComparison.Ordinal)) return response;
        Response made = await SendOnceAsync(RequestMethod.Post, "Tables", new JsonObject { ["TableName"] = table }, cancellationToken);
        if (made.Status != 409) Check(made);
        return await SendOnceAsync(method, path, body, cancellationToken);
    }

    private async Task<Response> SendOnceAsync(RequestMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(service.AbsoluteUri + path));
        message.Request.Headers.Add("x-ms-version", ApiVersion);
        message.Request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        message.Request.Headers.Add("DataServiceVersion", "3.0;NetFx");
        message.Request.Headers.Add("Accept", "application/json;odata=nometadata");
        if (method == RequestMethod.Post) message.Request.Headers.Add("Prefer", "return-no-content");
        if (method == RequestMethod.Delete) message.Request.Headers.Add("If-Match", "*");
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
        }
        await pipeline.SendAsync(message, cancellationToken);
        return message.Response;
    }

    private string Address(string runId, string key) =>
        $"{table}(PartitionKey='{Uri.EscapeDataString(Quoted(runId))}',RowKey='{Uri.EscapeDataString(Quoted(key))}')";

    private static JsonObject Entity(string runId, ClaimRow row) => new()
    {
        ["PartitionKey"] = runId,
        ["RowKey"] = row.Key,
        ["Value"] = row.Value,
        ["At"] = row.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
    };

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static Response Check(Response response) => response.IsError ? throw new RequestFailedException(response) : response;
}
