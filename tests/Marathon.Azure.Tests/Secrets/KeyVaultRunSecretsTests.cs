using System.Text.Json.Nodes;
using Azure;
using Azure.Core.Pipeline;
using Marathon.Azure.Secrets;
using Marathon.Azure.Tests.Fakes;

namespace Marathon.Azure.Tests.Secrets;

public sealed class KeyVaultRunSecretsTests
{
    private readonly SortedDictionary<string, JsonObject> vault = [];
    private readonly SoftDeletion deletion = new();

    [Fact]
    public async Task A_secret_is_stored_with_its_expiry_and_found_by_its_reference()
    {
        KeyVaultRunSecrets secrets = Make();
        Uri reference = await secrets.PutAsync("run-a", "token", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), default);
        Assert.Equal("https://kv.vault.test/secrets/run-a", reference.AbsoluteUri);
        Assert.Equal("token", (string?)vault["run-a"]["value"]);
        Assert.Equal("token", await secrets.FindAsync("run-a", default));
        Assert.Null(await secrets.FindAsync("run-b", default));
        Assert.Equal(1_800_000_000, (long)vault["run-a"]["attributes"]!["exp"]!);
    }

    [Fact]
    public async Task Names_are_listed_over_pages_and_removed_ones_are_gone()
    {
        KeyVaultRunSecrets secrets = Make();
        foreach (string name in new[] { "run-a", "run-b", "run-c" }) await secrets.PutAsync(name, "x", DateTimeOffset.MaxValue.AddYears(-1), default);
        Assert.Equal(["run-a", "run-b", "run-c"], await NamesAsync(secrets));
        await secrets.RemoveAsync("run-b", default);
        await secrets.RemoveAsync("run-b", default);
        Assert.Equal(["run-a", "run-c"], await NamesAsync(secrets));
        Assert.All(await secrets.ListAsync(default), secret => Assert.Equal(1_750_000_000, secret.CreatedAt.ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task A_next_page_at_another_host_never_gets_the_token()
    {
        List<string> hosts = [];
        KeyVaultRunSecrets secrets = Make((request, _) =>
        {
            hosts.Add(request.RequestUri!.Host);
            return Answers.Json(200, """{"value":[],"nextLink":"https://evil.test/secrets?page=2"}""");
        });
        await Assert.ThrowsAsync<InvalidDataException>(() => secrets.ListAsync(default));
        Assert.Equal(["kv.vault.test"], hosts);
    }

    [Fact]
    public async Task A_refusal_is_an_error_and_tells_no_secret()
    {
        KeyVaultRunSecrets secrets = Make((_, _) => Answers.Json(403, """{"error":{"code":"Forbidden","message":"no right to set secrets"}}"""));
        RequestFailedException refused = await Assert.ThrowsAsync<RequestFailedException>(() => secrets.PutAsync("run-a", "hush", DateTimeOffset.UnixEpoch, default));
        Assert.Contains("no right to set secrets", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_was_deleted_is_not_given_again_and_the_refusal_says_so()
    {
        KeyVaultRunSecrets secrets = Make();
        await secrets.PutAsync("run-a-1", "token", DateTimeOffset.UnixEpoch, default);
        await secrets.RemoveAsync("run-a-1", default);
        RequestFailedException refused = await Assert.ThrowsAsync<RequestFailedException>(() => secrets.PutAsync("run-a-1", "token", DateTimeOffset.UnixEpoch, default));
        Assert.Equal(409, refused.Status);
        await secrets.PutAsync("run-a-2", "token", DateTimeOffset.UnixEpoch, default);
        Assert.Equal(["run-a-2"], await NamesAsync(secrets));
    }

    private static async Task<IEnumerable<string>> NamesAsync(KeyVaultRunSecrets secrets) => (await secrets.ListAsync(default)).Select(secret => secret.Name);

    private KeyVaultRunSecrets Make(Func<HttpRequestMessage, string, HttpResponseMessage>? answer = null) => new(
        new Uri("https://kv.vault.test/"), new FakeCredential(),
        new KeyVaultOptions { Transport = new HttpClientTransport(new HttpClient(new Answers(answer ?? Answer))), Retry = { MaxRetries = 0 } });

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        if (request.Headers.Authorization?.Parameter != "token-for-https://vault.azure.net/.default") return Answers.Json(401);
        if (!request.RequestUri!.Query.Contains("api-version=7.4", StringComparison.Ordinal)) return Answers.Json(400);
        string name = request.RequestUri.Segments[^1];
        if (request.Method == HttpMethod.Put)
        {
            if (deletion.Holds(name)) return Answers.Json(409, """{"error":{"code":"Conflict","message":"deleted but recoverable","innererror":{"code":"ObjectIsDeletedButRecoverable"}}}""");
            vault[name] = JsonNode.Parse(body)!.AsObject();
            return Answers.Json(200, "{}");
        }
        if (request.Method == HttpMethod.Delete)
        {
            bool was = vault.Remove(name);
            if (was) deletion.Delete(name);
            return Answers.Json(was ? 200 : 404, "{}");
        }
        if (name != "secrets") return vault.TryGetValue(name, out JsonObject? secret) ? Answers.Json(200, secret.ToJsonString()) : Answers.Json(404, "{}");
        int skip = int.Parse(System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query)["skip"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        JsonObject page = new() { ["value"] = new JsonArray([.. vault.Keys.Skip(skip).Take(2).Select(key => new JsonObject { ["id"] = $"https://kv.vault.test/secrets/{key}", ["attributes"] = new JsonObject { ["created"] = 1_750_000_000 } })]) };
        if (skip + 2 < vault.Count) page["nextLink"] = $"https://kv.vault.test/secrets?api-version=7.4&skip={skip + 2}";
        return Answers.Json(200, page.ToJsonString());
    }
}
