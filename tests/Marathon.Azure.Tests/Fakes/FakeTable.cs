using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Marathon.Azure.Claims;
using Marathon.Azure.Storage;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>A storage table behind its REST interface, with pages of three rows.</summary>
public sealed partial class FakeTable
{
    private readonly SortedDictionary<(string Partition, string Row), JsonObject> rows = [];
    private bool exists;

    public FakeTable() => Transport = new Answers(Answer);

    public Answers Transport { get; }

    public TableClaims Claims(TimeProvider time) => new(new StorageTable(
        new Uri("https://stmarathon.table.core.windows.test/"), "claims", new FakeCredential(), time,
        new StorageOptions { Transport = new HttpClientTransport(new HttpClient(Transport)) }));

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        if (request.Headers.Authorization?.Parameter != "token-for-https://storage.azure.com/.default") return Answers.Json(403);
        if (!request.Headers.Contains("x-ms-version") || !request.Headers.Contains("x-ms-date")) return Answers.Json(400);
        string path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
        if (path == "/Tables")
        {
            HttpResponseMessage made = Answers.Json(exists ? 409 : 204);
            exists = true;
            return made;
        }
        if (!exists) return Answers.Json(404, """{"odata.error":{"code":"TableNotFound"}}""");
        if (request.Method == HttpMethod.Get) return Query(request.RequestUri);
        if (request.Method == HttpMethod.Post)
        {
            JsonObject entity = JsonNode.Parse(body)!.AsObject();
            return rows.TryAdd(((string)entity["PartitionKey"]!, (string)entity["RowKey"]!), entity) ? Written() : Answers.Json(409);
        }
        Match key = Address().Match(path);
        (string, string) row = (key.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal), key.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal));
        if (request.Method == HttpMethod.Put)
        {
            rows[row] = JsonNode.Parse(body)!.AsObject();
            return Written();
        }
        if (!request.Headers.Contains("If-Match")) return Answers.Json(400);
        return Answers.Json(rows.Remove(row) ? 204 : 404, "{}");
    }

    private static HttpResponseMessage Written()
    {
        HttpResponseMessage response = Answers.Json(204);
        response.Headers.ETag = new System.Net.Http.Headers.EntityTagHeaderValue("\"1\"", isWeak: true);
        return response;
    }

    private HttpResponseMessage Query(Uri url)
    {
        var query = System.Web.HttpUtility.ParseQueryString(url.Query);
        string? partition = query["$filter"] is { } filter ? Filter().Match(filter).Groups[1].Value.Replace("''", "'", StringComparison.Ordinal) : null;
        (string, string) from = (query["NextPartitionKey"] ?? "", query["NextRowKey"] ?? "");
        var found = rows.Where(row => (partition is null || row.Key.Partition == partition) && row.Key.CompareTo(from) >= 0).Take(4).ToArray();
        HttpResponseMessage page = Answers.Json(200, JsonSerializer.Serialize(new { value = found.Take(3).Select(row => row.Value) }));
        if (found.Length == 4)
        {
            page.Headers.Add("x-ms-continuation-NextPartitionKey", found[3].Key.Partition);
            page.Headers.Add("x-ms-continuation-NextRowKey", found[3].Key.Row);
        }
        return page;
    }

    [GeneratedRegex(@"^/claims\(PartitionKey='(.*)',RowKey='(.*)'\)$")]
    private static partial Regex Address();

    [GeneratedRegex("^PartitionKey eq '(.*)'$")]
    private static partial Regex Filter();
}
