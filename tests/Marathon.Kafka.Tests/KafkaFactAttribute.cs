namespace Marathon.Kafka.Tests;

/// <summary>
/// A test against real Apache Kafka: skipped where MARATHON_KAFKA_HOMES is not set, unless MARATHON_REQUIRE_KAFKA=1,
/// where it then fails.
/// </summary>
public sealed class KafkaFactAttribute : FactAttribute
{
    public KafkaFactAttribute()
    {
        if (RealKafka.Homes.Count == 0 && Environment.GetEnvironmentVariable("MARATHON_REQUIRE_KAFKA") != "1")
            Skip = "MARATHON_KAFKA_HOMES is not set";
    }
}
