namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class ReturnScenarios : GoldenTest
{
    [Fact]
    public Task return_null() => Golden(s => ReturnAsync<string?>(s, null));

    [Fact]
    public Task return_void() => Golden(async s =>
    {
        s.Registry.AddOrchestratorFunc("O", _ => Task.CompletedTask);
        await s.PlayAsync();
    });

    [Fact]
    public Task return_primitives() => Golden(s => ReturnAsync(s, new object?[] { 1, 2.5, true, "x", 'c', null, 12345678901234L, 0.1m }));

    [Fact]
    public Task return_complex_record() => Golden(s => ReturnAsync(
        s, new Order("o-1", 12.50m, [new Point(1, 2)], new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), null)));

    [Fact]
    public Task return_enum_guid_timespan() => Golden(s => ReturnAsync(
        s, new { day = DayOfWeek.Friday, g = Guid.Empty, ts = TimeSpan.FromMinutes(90), bytes = new byte[] { 1, 2, 3 } }));

    [Fact]
    public Task return_unicode_string() => Golden(s => ReturnAsync(s, "äöü <&\"\t\U0001F600"));

    [Fact]
    public Task input_type_mismatch() => Golden(async s =>
    {
        s.O<int, int>((_, input) => Task.FromResult(input));
        await s.PlayAsync("abc");
        s.Observe("bodyRan", s.Calls("O") > 0);
    });

    [Fact]
    public Task get_input_mismatch() => Golden(async s =>
    {
        s.O<object?, string>(async (context, input) =>
        {
            await s.CatchAsync(() => Task.FromResult(context.GetInput<int>()));
            s.Observe("runtimeTypeOfObjectInput", input!.GetType().FullName);
            return "end";
        });
        await s.PlayAsync("abc");
    });

    [Fact]
    public Task input_null_for_value_type() => Golden(async s =>
    {
        s.O<int, int>((_, input) => Task.FromResult(input));
        await s.PlayAsync();
    });

    [Fact]
    public Task input_missing_and_extra_json_members() => Golden(async s =>
    {
        s.O<Order, object?[]>((_, order) => Task.FromResult(new object?[] { order.Id, order.Total, order.Points is null }));
        await s.PlayAsync(new { id = "x", unknown = 1 });
    });

    [Fact]
    public Task large_input_and_output() => Golden(async s =>
    {
        string large = new('a', 1_000_000);
        s.A<string, string>("Echo", Task.FromResult);
        s.O<string, string>((_, input) => Task.FromResult(input));
        s.O<string, string>((context, input) => context.CallActivityAsync<string>("Echo", input), "WithActivity");
        await s.StartAsync(large);
        await s.StartAsync(large, "i2", "WithActivity");
        await s.EndAsync();
        await s.EndAsync("i2");
        OrchestrationMetadata plain = (await s.Client.GetInstanceAsync("i1", true))!, withActivity = (await s.Client.GetInstanceAsync("i2", true))!;
        s.Observe("status", plain.RuntimeStatus.ToString());
        s.Observe("outputEqualsInput", plain.ReadOutputAs<string>() == large);
        s.Observe("withActivity", new { status = withActivity.RuntimeStatus.ToString(), outputEqualsInput = withActivity.ReadOutputAs<string>() == large });
    });

    [Fact]
    public Task very_large_input() => Golden(async s =>
    {
        s.O<string, int>((_, input) => Task.FromResult(input.Length));
        await s.HostAsync();
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => s.StartAsync(new string('a', 6_000_000)));
        Assert.Contains("6000002 bytes", refusal.Message, StringComparison.Ordinal);
        s.Observe("state", await s.StateAsync());
        s.Leave("start", "the limit here is 1 MB, and the refusal says so");
    });

    private static Task ReturnAsync<T>(Scenario s, T value)
    {
        s.O(_ => Task.FromResult(value));
        return s.PlayAsync();
    }
}
