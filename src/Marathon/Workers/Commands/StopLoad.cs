namespace Marathon.Workers.Commands;

/// <summary>Body of <see cref="WorkerCommand.Stop"/>.</summary>
/// <param name="FlushSeconds">How long to wait for outstanding sends; what is still open then is indeterminate.</param>
public sealed record StopLoad(double FlushSeconds);
