namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>
/// Guarantee × fault × version of Kafka: one of each version, for each takes most of a minute, or everything where
/// <c>MARATHON_KAFKA_MATRIX</c> is <c>all</c>.
/// </summary>
public static class KafkaMatrix
{
    private static readonly string[] s_guarantees = ["at-most-once", "at-least-once", "idempotent", "exactly-once"];
    private static readonly string[] s_faults = ["kill", "pause", "restart"];
    private static readonly (string Guarantee, string Fault)[] s_few = [("idempotent", "pause"), ("exactly-once", "kill")];

    public static TheoryData<string, string, string> Rows()
    {
        TheoryData<string, string, string> rows = [];
        string[] homes = [.. KafkaHomes.All.DefaultIfEmpty("")];
        for (int version = 0; version < homes.Length; version++)
        {
            foreach ((string guarantee, string fault) in IsWhole ? All() : [s_few[version % s_few.Length]])
            {
                rows.Add(guarantee, fault, homes[version]);
            }
        }

        return rows;
    }

    private static bool IsWhole => Environment.GetEnvironmentVariable("MARATHON_KAFKA_MATRIX") == "all";

    private static IEnumerable<(string Guarantee, string Fault)> All() =>
        from guarantee in s_guarantees from fault in s_faults select (guarantee, fault);
}
