using Azure;
using Azure.Core.Pipeline;
using Marathon.Azure.Claims;
using Marathon.Azure.Storage;
using Marathon.Azure.Tests.Fakes;

namespace Marathon.Azure.Tests.Claims;

/// <summary>What every store promises, held against the one of the tests and the one of the cloud.</summary>
public sealed class ClaimStoreTests
{
    private static readonly VirtualClock s_clock = new();

    public static TheoryData<string> Stores => ["memory", "table"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task TryAdd_OfAKeyThatIsThere_IsFalseAndKeepsTheFirst(string kind)
    {
        IClaimStore store = Make(kind);
        Assert.True(await store.TryAddAsync("run", Row("claim:w0:1", "a"), default));
        Assert.False(await store.TryAddAsync("run", Row("claim:w0:1", "b"), default));
        Assert.Equal("a", (await store.ListAsync("run", default)).Single().Value);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Put_ReplacesAndListsOverPages(string kind)
    {
        IClaimStore store = Make(kind);
        ClaimRow[] rows = [.. Enumerable.Range(0, 40).Select(index => Row($"offer:w{index}:1", "it's"))];
        await store.PutAsync("run", rows, default);
        await store.PutAsync("run", [Row("offer:w7:1", "new")], default);
        IReadOnlyList<ClaimRow> found = await store.ListAsync("run", default);
        Assert.Equal(40, found.Count);
        Assert.Equal("new", found.Single(row => row.Key == "offer:w7:1").Value);
        Assert.Equal(rows[0] with { Value = "it's" }, found.Single(row => row.Key == "offer:w0:1"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Remove_TakesOneAndIsFineWithNone(string kind)
    {
        IClaimStore store = Make(kind);
        await store.PutAsync("run", [Row("offer:w0:1"), Row("offer:w1:1")], default);
        await store.RemoveAsync("run", "offer:w0:1", default);
        await store.RemoveAsync("run", "offer:w0:1", default);
        Assert.Equal("offer:w1:1", (await store.ListAsync("run", default)).Single().Key);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Runs_AreNamedOnceHoweverManyRowsTheyHave(string kind)
    {
        IClaimStore store = Make(kind);
        Assert.Empty(await store.RunsAsync(default));
        foreach (string run in new[] { "run-a", "run-b" })
            await store.PutAsync(run, [Row("offer:w0:1"), Row("offer:w1:1"), Row("offer:w2:1")], default);
        Assert.Equal(["run-a", "run-b"], (await store.RunsAsync(default)).Order());
        Assert.Equal(3, (await store.ListAsync("run-b", default)).Count);
        Assert.Empty(await store.ListAsync("run-c", default));
    }

    [Fact]
    public async Task A_table_that_refuses_is_an_error_and_no_answer()
    {
        TableClaims store = new(new StorageTable(new Uri("https://stmarathon.table.core.windows.test/"), "claims", new FakeCredential(), s_clock, new StorageOptions
        {
            Transport = new HttpClientTransport(new HttpClient(new Answers((_, _) => Answers.Json(403, "{}")))),
            Retry = { MaxRetries = 0 },
        }));
        await Assert.ThrowsAsync<RequestFailedException>(() => store.TryAddAsync("run", Row("claim:w0:1"), default));
        await Assert.ThrowsAsync<RequestFailedException>(() => store.ListAsync("run", default));
    }

    private static IClaimStore Make(string kind) => kind == "table" ? new FakeTable().Claims(s_clock) : new MemoryClaims();

    private static ClaimRow Row(string key, string value = "") => new(key, value, s_clock.GetUtcNow());
}
