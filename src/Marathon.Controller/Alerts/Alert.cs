using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Alerts;

/// <summary>A finding that somebody should know of.</summary>
/// <param name="Id">The same finding has the same id.</param>
/// <param name="RunId">The run.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">One line.</param>
/// <param name="Detail">What to look at.</param>
public sealed record Alert(string Id, string RunId, Severity Severity, string Title, string Detail);
