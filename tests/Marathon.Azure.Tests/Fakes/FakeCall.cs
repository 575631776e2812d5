namespace Marathon.Azure.Tests.Fakes;

/// <summary>One call that the fake answered.</summary>
public sealed record FakeCall(DateTimeOffset At, ComputePolicy Policy, string Resource, string Method, int Status, string Body);
