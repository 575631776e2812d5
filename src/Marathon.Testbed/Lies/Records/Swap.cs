using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Lets two records change places: each takes the other's offset.</summary>
internal static class Swap
{
    public static void Places(List<LogRecord> records, int one, int other) =>
        (records[one], records[other]) = (records[other] with { Offset = records[one].Offset }, records[one] with { Offset = records[other].Offset });
}
