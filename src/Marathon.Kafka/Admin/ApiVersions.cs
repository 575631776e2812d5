using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Marathon.Kafka.Admin;

/// <summary>The protocol that a broker speaks: the highest version of each API.</summary>
public sealed partial class ApiVersions(IReadOnlyDictionary<int, int> highest)
{
    private const int ProduceKey = 0, FetchKey = 1, EndTransactionKey = 26;

    /// <summary>Highest version by API key.</summary>
    public IReadOnlyDictionary<int, int> Highest { get; } = highest.ToFrozenDictionary();

    /// <summary>Highest version of Produce; -1 when not known.</summary>
    public int Produce => Of(ProduceKey);

    /// <summary>Highest version of Fetch; -1 when not known.</summary>
    public int Fetch => Of(FetchKey);

    /// <summary>The second version of the transaction protocol (KIP-890) came with version 5 of EndTxn.</summary>
    public int Transactions => Of(EndTransactionKey) >= 5 ? 2 : 1;

    /// <summary>
    /// The release of Apache Kafka that introduced these versions. Brokers do not tell their release, and other systems
    /// speak a protocol of some release, so it is a guess.
    /// </summary>
    public string Release => (Produce, Fetch) switch
    {
        ( < 0, _) or (_, < 0) => "unknown",
        ( >= 13, _) or (_, >= 18) => "4.1 or newer",
        (12, _) => "4.0",
        (_, 17) => "3.9",
        (11, _) => "3.8",
        (_, 16) => "3.7",
        (_, 15) => "3.5 or 3.6",
        (_, 13 or 14) => "3.1 to 3.4",
        _ => "before 3.1",
    };

    private int Of(int key) => Highest.GetValueOrDefault(key, -1);

    /// <summary>Reads a line of the client library's log in its <c>feature</c> context.</summary>
    internal static bool TryParse(string line, out int key, out int version)
    {
        var match = LinePattern().Match(line);
        key = match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;
        version = match.Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : -1;
        return match.Success;
    }

    [GeneratedRegex(@"ApiKey \S+ \((\d{1,5})\) Versions -?\d{1,5}\.\.(\d{1,5})$")]
    private static partial Regex LinePattern();
}
