using System.Reflection;
using Xunit.Sdk;

namespace Marathon.Testbed.Tests.Support;

/// <summary>A test that is run with each Kafka distribution; skipped where there is none, unless one is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KafkaTheoryAttribute : TheoryAttribute
{
    public KafkaTheoryAttribute()
    {
        if (KafkaHomes.All.Count == 0 && !KafkaHomes.AreRequired)
            Skip = "MARATHON_KAFKA_HOMES is not set: no Kafka distribution to test with";
    }
}

/// <summary>Gives a <see cref="KafkaTheoryAttribute"/> its distributions.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KafkaHomesDataAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => KafkaHomes.All.Count > 0
        ? KafkaHomes.All.Select(home => new object[] { home })
        : [["MARATHON_KAFKA_HOMES is not set, but MARATHON_REQUIRE_KAFKA=1 is"]];
}
