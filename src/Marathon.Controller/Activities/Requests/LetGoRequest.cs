namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="LetGo"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="CommandId">Makes each worker do it once, however often it is sent.</param>
public sealed record LetGoRequest(string RunId, string CommandId);
