namespace Marathon.Testbed.Metadata;

/// <summary>A broker as the controller knows it.</summary>
/// <param name="Epoch">Which of its lives; a restart is a new one.</param>
internal sealed record BrokerImage(int Id, string Host, int Port, long Epoch, bool Fenced);
