using System.Buffers.Text;
using System.Security.Cryptography;

namespace Marathon.Cli.Kafka;

/// <summary>Ids of Kafka clusters: 16 random bytes in base64url, as Kafka's own <c>Uuid</c>.</summary>
internal static class ClusterId
{
    /// <summary>A new one. Like Kafka's, none begins with a dash: kafka-storage would take it for an option.</summary>
    public static string New()
    {
        string id;
        do
        {
            id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        }
        while (id.StartsWith('-'));
        return id;
    }
}
