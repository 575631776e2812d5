using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;

namespace Marathon.Azure.Storage;

/// <summary>Rows of text in an Azure storage table, by its REST interface. The table is made when it is missing.</summary>
public sealed class StorageTable
{
    // A property of a row holds 64 KiB of UTF-16: a longer value goes over several.
    private const int Chunk = 32_000;
    private const string ValueProperty = "Value", AtProperty = "At";

    private readonly string table;
    private readonly StorageRequests requests;

    /// <summary>A table of a storage account.</summary>
    /// <param name="service">The account's table endpoint: <c>https://stmarathon.table.core.windows.net/</c>.</param>
    /// <param name="table">Letters and digits.</param>
    /// <param name="credential">A managed identity, as a rule.</param>
    /// <param name="time">The clock that dates requests.</param>
    /// <param name="options">Transport.</param>
    public StorageTable(Uri service, string table, TokenCredential credential, TimeProvider time, StorageOptions? options = null)
    {
        if (table.Length is < 3 or > 63 || !table.All(char.IsAsciiLetterOrDigit)) throw new ArgumentException($"table '{table}': 3 to 63 letters and digits", nameof(table));
        this.table = table;
        requests = new StorageRequests(service, credential, time, options);
    }

    /// <summary>Adds a row. Null when there is one with that key, else the version of the new one.</summary>
    public async Task<ETag?> TryAddAsync(string partition, TableRow row, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Post, table, [("Prefer", "return-no-content")], Entity(partition, row), cancellationToken);
        return response.Status == 409 ? null : StorageRequests.VersionOf(response);
    }

    /// <summary>Replaces a row. Null when it is gone or another version by now, else the new version.</summary>
    public async Task<ETag?> TryReplaceAsync(string partition, TableRow row, ETag version, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Put, Address(partition, row.Key), [("If-Match", version.ToString("H"))], Entity(partition, row), cancellationToken);
        return response.Status is 412 or 404 ? null : StorageRequests.VersionOf(response);
    }

    /// <summary>Adds a row, or puts it in the place of the one with that key.</summary>
    public async Task PutAsync(string partition, TableRow row, CancellationToken cancellationToken) =>
        StorageRequests.Check(await SendAsync(RequestMethod.Put, Address(partition, row.Key), [], Entity(partition, row), cancellationToken));

    /// <summary>One row with its version; null when there is none.</summary>
    public async Task<(TableRow Row, ETag Version)?> FindAsync(string partition, string key, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Get, Address(partition, key), [], null, cancellationToken);
        return response.Status == 404
            ? null
            : (Read(StorageRequests.Check(response).Content.ToObjectFromJson<JsonElement>()), StorageRequests.VersionOf(response));
    }

    /// <summary>All rows of a partition; none when there is no such partition.</summary>
    public async Task<IReadOnlyList<TableRow>> ListAsync(string partition, CancellationToken cancellationToken)
    {
        List<TableRow> rows = [];
        string filter = Uri.EscapeDataString($"PartitionKey eq '{Quoted(partition)}'");
        await foreach (JsonElement entity in QueryAsync($"{table}()?$filter={filter}", cancellationToken)) rows.Add(Read(entity));
        return rows;
    }

    /// <summary>Names of all partitions.</summary>
    public async Task<IReadOnlyList<string>> PartitionsAsync(CancellationToken cancellationToken)
    {
        HashSet<string> partitions = [];
        await foreach (JsonElement entity in QueryAsync($"{table}()?$select=PartitionKey", cancellationToken))
            partitions.Add(entity.GetProperty("PartitionKey").GetString()!);
        return [.. partitions];
    }

    /// <summary>Removes a row; nothing to do is fine.</summary>
    public async Task RemoveAsync(string partition, string key, CancellationToken cancellationToken)
    {
        Response response = await SendAsync(RequestMethod.Delete, Address(partition, key), [("If-Match", "*")], null, cancellationToken);
        if (response.Status != 404) StorageRequests.Check(response);
    }

    private async IAsyncEnumerable<JsonElement> QueryAsync(string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string next = "";
        do
        {
            Response response = StorageRequests.Check(await SendAsync(RequestMethod.Get, query + next, [], null, cancellationToken));
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
    private async Task<Response> SendAsync(
        RequestMethod method, string path, (string Name, string Value)[] headers, JsonObject? body, CancellationToken cancellationToken)
    {
        Response response = await SendOnceAsync(method, path, headers, body, cancellationToken);
        if (response.Status != 404 || !response.Content.ToString().Contains("TableNotFound", StringComparison.Ordinal)) return response;
        Response made = await SendOnceAsync(RequestMethod.Post, "Tables", [("Prefer", "return-no-content")], new JsonObject { ["TableName"] = table }, cancellationToken);
        if (made.Status != 409) StorageRequests.Check(made);
        return await SendOnceAsync(method, path, headers, body, cancellationToken);
    }

    private Task<Response> SendOnceAsync(
        RequestMethod method, string path, (string Name, string Value)[] headers, JsonObject? body, CancellationToken cancellationToken)
    {
        (string, string)[] all = [("DataServiceVersion", "3.0;NetFx"), ("Accept", "application/json;odata=nometadata"), .. headers];
        return body is null
            ? requests.SendAsync(method, path, all, null, cancellationToken)
            : requests.SendAsync(method, path, [.. all, ("Content-Type", "application/json")], RequestContent.Create(BinaryData.FromString(body.ToJsonString())), cancellationToken);
    }

    private string Address(string partition, string key) =>
        $"{table}(PartitionKey='{Uri.EscapeDataString(Quoted(partition))}',RowKey='{Uri.EscapeDataString(Quoted(key))}')";

    private static JsonObject Entity(string partition, TableRow row)
    {
        JsonObject entity = new()
        {
            ["PartitionKey"] = partition,
            ["RowKey"] = row.Key,
            [AtProperty] = row.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        };
        for (int i = 0; i == 0 || i * Chunk < row.Value.Length; i++)
            entity[Property(i)] = row.Value.Substring(i * Chunk, Math.Min(Chunk, row.Value.Length - (i * Chunk)));
        return entity;
    }

    private static TableRow Read(JsonElement entity)
    {
        StringBuilder value = new();
        for (int i = 0; entity.TryGetProperty(Property(i), out JsonElement part); i++) value.Append(part.GetString());
        return new TableRow(entity.GetProperty("RowKey").GetString()!, value.ToString(), entity.GetProperty(AtProperty).GetDateTimeOffset());
    }

    private static string Property(int index) => index == 0 ? ValueProperty : string.Create(CultureInfo.InvariantCulture, $"{ValueProperty}{index}");

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
