using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Alerts;

/// <summary>Writes alerts into the log.</summary>
public sealed class LogAlertSink(ILogger<LogAlertSink> logger) : IAlertSink
{
    /// <inheritdoc/>
    public Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        logger.AlertRaised(alert.Severity.ToString(), alert.RunId, alert.Title, alert.Detail);
        return Task.CompletedTask;
    }
}
