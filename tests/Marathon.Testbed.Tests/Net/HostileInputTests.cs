using System.Buffers.Binary;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Net;

/// <summary>Whatever comes over a connection costs that connection at most.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private readonly CapturedLog _log = new();
    private readonly int _seed = Random.Shared.Next();
    private TestbedCluster _cluster = null!;

    private string Address => _cluster.BootstrapServers;

    public static TheoryData<string> Apis => [.. ApiCatalog.All.Select(spec => spec.Key.ToString())];

    public async Task InitializeAsync() =>
        _cluster = await TestbedCluster.StartAsync(new TestbedOptions { Brokers = 1, Seed = 1, Logging = _log, MaxReceiveMemoryBytes = 64 << 20 });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task RandomAndTruncatedBodies_CloseTheConnectionAndNothingElse(string api)
    {
        var random = new Random(_seed);
        var (spec, type) = RandomMessages.All.First(each => each.Spec.Key.ToString() == api && each.Message.Name.EndsWith("Request", StringComparison.Ordinal));
        for (var version = spec.MinVersion; version <= spec.MaxVersion; version++)
        {
            for (var round = 0; round < 8; round++)
            {
                var body = RandomMessages.Write(RandomMessages.Of(type, random), version, spec.IsFlexible(version));
                var hostile = (round % 4) switch
                {
                    0 => Noise(random, random.Next(0, 200)),
                    1 => body[..random.Next(0, body.Length + 1)],
                    2 => Mutated(body, random),
                    _ => body,
                };
                using var client = new RawClient(Address);
                await client.SendAsync(RawClient.Frame(spec.Key, version, hostile, spec.IsFlexible(version)));
                await client.UntilClosedAsync();
            }
        }

        await StillServesAsync();
    }

    [Fact]
    public async Task FramesThatAreNone_CloseTheConnection()
    {
        var random = new Random(_seed);
        byte[][] streams =
        [
            [0x7f, 0xff, 0xff, 0xff, 0, 0],
            [0xff, 0xff, 0xff, 0xff],
            [0, 0, 0, 0],
            [0, 0, 0, 7, 0, 18, 0, 0],
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
            RawClient.Frame((ApiKey)999, 0, [], flexible: false),
            RawClient.Frame(ApiKey.Fetch, 99, [], flexible: false),
            Noise(random, 5_000),
        ];
        foreach (var stream in streams)
        {
            using var client = new RawClient(Address);
            await client.SendAsync(stream);
            Assert.Empty(await client.UntilClosedAsync(finish: false));
        }

        await StillServesAsync();
    }

    [Fact]
    public async Task HugeCounts_AreRefusedWithoutTakingTheirMemory()
    {
        var counts = (int[])[int.MaxValue, int.MaxValue / 2, 100_000_000, -2];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var count in counts)
        {
            var body = new byte[64];
            BinaryPrimitives.WriteInt32BigEndian(body, count);
            using var client = new RawClient(Address);
            await client.SendAsync(RawClient.Frame(ApiKey.Metadata, 1, body, flexible: false));
            Assert.Empty(await client.UntilClosedAsync(finish: false));
        }

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64L << 20);
        await StillServesAsync();
    }

    [Fact]
    public async Task TagsWithinTags_AreRefused()
    {
        // Tagged fields that claim more than there is, and far too many of them.
        byte[][] bodies = [[0xff, 0xff, 0xff, 0xff, 0x0f], [.. Enumerable.Repeat((byte)0xff, 200)], [1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f]];
        foreach (var body in bodies)
        {
            using var client = new RawClient(Address);
            await client.SendAsync(RawClient.Frame(ApiKey.Metadata, 12, [1, .. body], flexible: true));
            Assert.Empty(await client.UntilClosedAsync(finish: false));
        }

        await StillServesAsync();
    }

    [Fact]
    public async Task ManyLargeFramesThatNeverComplete_TakeBoundedMemory()
    {
        var claim = new byte[2 << 20];
        BinaryPrimitives.WriteInt32BigEndian(claim, 90 << 20);
        var clients = Enumerable.Range(0, 60).Select(_ => new RawClient(Address)).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sending = clients.Select(client => client.SendAsync(claim)).ToArray();
        await StillServesAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200L << 20);
        foreach (var client in clients)
            client.Dispose();
        await Task.WhenAll(sending.Select(send => send.ContinueWith(done => done.Exception, TaskScheduler.Default)));
        await StillServesAsync();
    }

    private async Task StillServesAsync()
    {
        Assert.True(await RawClient.IsServedAsync(Address), $"seed {_seed}: the broker does not answer any more");
        Assert.True(_log.Errors.IsEmpty, $"seed {_seed}: {string.Join('\n', _log.Errors.Take(3))}");
    }

    private static byte[] Noise(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(byte[] body, Random random)
    {
        for (var changes = Math.Min(body.Length, 4); changes > 0; changes--)
            body[random.Next(body.Length)] = (byte)random.Next(256);
        return body;
    }
}
