namespace Marathon.Controller.Alerts;

/// <summary>Gets the findings that matter while a run goes on. An alert may come twice; its id says so.</summary>
public interface IAlertSink
{
    /// <summary>Tells of one finding.</summary>
    Task RaiseAsync(Alert alert, CancellationToken cancellationToken);
}
