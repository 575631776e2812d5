using System.Collections.Concurrent;

namespace Marathon.Controller.Http;

/// <summary>How many requests each caller may make: so many at once, and so many a second after that.</summary>
public sealed class RequestBudget(TimeProvider time)
{
    // Whoever is refused leaves a bucket behind, and there is no end of addresses to come from.
    private const int MaxBuckets = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Callers that are remembered.</summary>
    public int Callers => buckets.Count;

    /// <summary>Takes one request of a caller's budget. Null when it has it, else how long it has to wait.</summary>
    /// <param name="caller">Who: requests of one name share a budget.</param>
    /// <param name="perSecond">Requests a second in the long run.</param>
    /// <param name="burst">Requests at once.</param>
    public TimeSpan? Take(string caller, double perSecond, double burst)
    {
        if (buckets.Count >= MaxBuckets)
        {
            Forget();
        }

        Bucket bucket = buckets.GetOrAdd(caller, _ => new Bucket(burst, time.GetTimestamp()));
        lock (bucket)
        {
            bucket.Left = Math.Min(burst, bucket.Left + (time.GetElapsedTime(bucket.At).TotalSeconds * perSecond));
            bucket.At = time.GetTimestamp();
            if (bucket.Left < 1)
            {
                return TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
            }

            bucket.Left--;
            return null;
        }
    }

    // A caller that was quiet for a minute has its whole budget again, or as good as.
    private void Forget()
    {
        foreach ((string caller, Bucket bucket) in buckets)
        {
            if (time.GetElapsedTime(bucket.At) > TimeSpan.FromMinutes(1))
            {
                buckets.TryRemove(caller, out _);
            }
        }
    }

    private sealed class Bucket(double left, long at)
    {
        public double Left { get; set; } = left;

        public long At { get; set; } = at;
    }
}
