namespace Marathon.Records;

/// <summary>Times in records are nanoseconds since the Unix epoch, UTC: they fit 64 bits until the year 2262.</summary>
public static class RecordTime
{
    /// <summary>Nanoseconds in a millisecond, the unit of Kafka's timestamps.</summary>
    public const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Nanoseconds in a microsecond, the unit of latency histograms.</summary>
    public const long NanosecondsPerMicrosecond = 1_000;

    /// <summary>The clock's time in nanoseconds since the Unix epoch, to 100 ns.</summary>
    public static long Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>The other way round, to 100 ns.</summary>
    public static DateTimeOffset ToTime(long nanoseconds) =>
        new(DateTime.UnixEpoch.Ticks + (nanoseconds / TimeSpan.NanosecondsPerTick), TimeSpan.Zero);

    /// <summary>The CreateTime that a producer gives a record which it sends at that time: whole milliseconds, rounded down.</summary>
    public static long ToKafkaTimestamp(long nanoseconds) => nanoseconds / NanosecondsPerMillisecond;
}
