namespace Marathon.Reports;

/// <summary>One fault.</summary>
/// <param name="Kind">Of a broker kill, pause, restart; of a worker's machine restart, power-off, redeploy, evict, partition, degrade.</param>
/// <param name="Target">The broker, or worker and machine, that it struck.</param>
/// <param name="Role">The role it was aimed at.</param>
/// <param name="StartedAt">When it took effect.</param>
/// <param name="HealedAt">When it was healed; null when it was not.</param>
/// <param name="UnavailableForSeconds">How long the partitions it struck took no writes.</param>
/// <param name="RecoveredAfterSeconds">From its start until they took writes again.</param>
public sealed record FaultReport(
    string Kind, string Target, string Role, DateTimeOffset StartedAt, DateTimeOffset? HealedAt, double? UnavailableForSeconds, double? RecoveredAfterSeconds);
