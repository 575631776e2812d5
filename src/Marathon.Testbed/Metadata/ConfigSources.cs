namespace Marathon.Testbed.Metadata;

internal static class ConfigSources
{
    public static ConfigSource Of(TopicConfig config, string name) =>
        config.Overrides.ContainsKey(name) ? ConfigSource.Topic
        : config.IsClusterDefault(name) ? ConfigSource.StaticBroker
        : ConfigSource.Default;
}
