namespace Marathon.Azure.Tests.Fakes;

/// <summary>Token buckets as Microsoft documents them for Compute (per minute, of a resource and of a subscription), Network (per five minutes) and Resource Manager (per second).</summary>
public sealed class Throttle(TimeProvider time)
{
    private readonly Dictionary<string, Bucket> buckets = [];

    /// <summary>Takes a token of every bucket that a call needs; the time to wait when one is empty.</summary>
    public TimeSpan? Take(ComputePolicy policy, string resource, string method)
    {
        (int Refill, int Capacity)? own = policy switch
        {
            ComputePolicy.LowCostGet => (12, 36),
            ComputePolicy.ListOfSet => (10, 30),
            ComputePolicy.Operation => (15, 45),
            ComputePolicy.ListOfGroup or ComputePolicy.NotCompute or ComputePolicy.NetworkRead or ComputePolicy.NetworkWrite => null,
            _ => (4, 12),
        };
        (int Refill, int Capacity)? shared = policy switch
        {
            ComputePolicy.PutSet => (125, 375),
            ComputePolicy.DeleteSet => (175, 525),
            ComputePolicy.LowCostGet => (800, 2400),
            ComputePolicy.ListOfSet => (360, 1080),
            ComputePolicy.ListOfGroup => (300, 900),
            ComputePolicy.Operation => (5000, 15000),
            ComputePolicy.NotCompute or ComputePolicy.NetworkRead or ComputePolicy.NetworkWrite => null,
            _ => (500, 1500),
        };
        List<Bucket> needed =
        [
            method switch
            {
                "GET" => Find("arm reads", 25, 250, TimeSpan.FromSeconds(1)),
                "DELETE" => Find("arm deletes", 10, 200, TimeSpan.FromSeconds(1)),
                _ => Find("arm writes", 10, 200, TimeSpan.FromSeconds(1)),
            },
        ];
        if (policy == ComputePolicy.NetworkRead) needed.Add(Find($"{policy}", 10_000, 10_000, TimeSpan.FromMinutes(5)));
        if (policy == ComputePolicy.NetworkWrite) needed.Add(Find($"{policy}", 1_000, 1_000, TimeSpan.FromMinutes(5)));
        if (own is { } mine) needed.Add(Find($"{policy} {resource}", mine.Refill, mine.Capacity, TimeSpan.FromMinutes(1)));
        if (shared is { } ours) needed.Add(Find($"{policy}", ours.Refill, ours.Capacity, TimeSpan.FromMinutes(1)));
        if (needed.Find(bucket => bucket.Tokens < 1) is { } empty) return empty.Window;
        needed.ForEach(bucket => bucket.Tokens--);
        return null;
    }

    private Bucket Find(string name, int refill, int capacity, TimeSpan window)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!buckets.TryGetValue(name, out Bucket? bucket)) buckets[name] = bucket = new Bucket { Tokens = capacity, At = now, Window = window };
        double windows = Math.Floor((now - bucket.At) / window);
        bucket.Tokens = Math.Min(capacity, bucket.Tokens + (windows * refill));
        bucket.At += window * windows;
        return bucket;
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public DateTimeOffset At { get; set; }

        public TimeSpan Window { get; init; }
    }
}
