namespace Marathon.Runs;

/// <summary>Client properties whose values are secret: reports and all that is handed on show that they were set, not to what.</summary>
public static class SecretProperties
{
    /// <summary>What stands in the place of a secret value.</summary>
    public const string LeftOut = "(secret)";

    private static readonly string[] s_ends = ["password", "secret", "passphrase", "token", "key.pem", "jaas.config", "oauthbearer.config"];

    /// <summary>Whether a key of a configuration holds a secret: librdkafka's and Kafka's own, by how such keys end.</summary>
    public static bool IsSecret(string key) => s_ends.Any(end => key.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>A configuration with secret values left out.</summary>
    public static Dictionary<string, T> Scrub<T>(IEnumerable<KeyValuePair<string, T>> config, T leftOut) =>
        config.ToDictionary(pair => pair.Key, pair => IsSecret(pair.Key) ? leftOut : pair.Value);
}
