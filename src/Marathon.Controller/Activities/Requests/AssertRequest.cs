using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="Assert"/>; it observes for itself when nothing was observed yet.</summary>
public sealed record AssertRequest(string RunId, Assertion Assertion, double? Observed);
