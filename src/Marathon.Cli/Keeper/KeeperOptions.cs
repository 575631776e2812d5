namespace Marathon.Cli.Keeper;

/// <summary>What a keeper is started with.</summary>
/// <param name="Folder">Folder of the cluster.</param>
/// <param name="Logs">Folder of the brokers' logs.</param>
/// <param name="KafkaHome">Kafka's jars.</param>
/// <param name="Brokers">Number of brokers.</param>
/// <param name="Lease">The lease file to watch; null stays until it is told to stop.</param>
/// <param name="LeaseTimeout">How long it lives without a touch of it.</param>
internal sealed record KeeperOptions(string Folder, string Logs, string KafkaHome, int Brokers, string? Lease, TimeSpan LeaseTimeout);
