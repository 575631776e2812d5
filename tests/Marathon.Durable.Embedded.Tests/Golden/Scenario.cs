using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>One scenario as it is played: what is registered, what the client does, what is observed.</summary>
public sealed partial class Scenario(string name, IGoldenHost host)
{
    private readonly JsonObject _actual = [];
    private readonly Dictionary<string, string> _left = [];
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.OrdinalIgnoreCase);
    private bool _isStarted;

    public DurableTaskRegistry Registry { get; } = new();

    public RecordingLogger Log => host.Log;

    public DurableClient Client => host.Client;

    public DateTime Now => host.Time.GetUtcNow().UtcDateTime;

    public TimeSpan? MaximumTimerInterval { get; set; }

    public Gate NewGate() => new(host);

    public int Calls(string name) => _calls.GetValueOrDefault(name);

    /// <summary>Counts an entry of a function and returns its number, from 1.</summary>
    public int Count(string name) => _calls.AddOrUpdate(name, 1, (_, count) => count + 1);

    /// <summary>What an activity does to take a while.</summary>
    public async Task SleepAsync(int milliseconds)
    {
        using (host.Park())
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), host.Time);
    }

    public void Observe(string member, object? value) => _actual[member] = value as JsonNode ?? JsonSerializer.SerializeToNode(value);

    /// <summary>Takes a member out of the comparison; the reason is for the reader.</summary>
    public void Leave(string member, string reason)
    {
        Assert.NotEmpty(reason);
        _left.Add(member, reason);
    }

    public void AssertAsObserved()
    {
        JsonObject expected = GoldenFile.Observed(name);
        JsonObject actual = (JsonObject)GoldenFile.Normalise(_actual)!;
        foreach (string member in _left.Keys)
        {
            Assert.True(expected.ContainsKey(member), $"{name} observes no '{member}'");
            expected.Remove(member);
            actual.Remove(member);
        }

        if (!JsonNode.DeepEquals(expected, actual))
            Assert.Fail($"{name}\nexpected {Sorted(expected)}\nactual   {Sorted(actual)}");
    }

    private static string Sorted(JsonObject record) =>
        new JsonObject(record.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
}
