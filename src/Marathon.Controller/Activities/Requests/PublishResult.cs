namespace Marathon.Controller.Activities;

/// <summary>Who acknowledged a command.</summary>
/// <param name="Acknowledged">These did, now or before.</param>
/// <param name="Missing">These did not and still live; each with the reason.</param>
/// <param name="Refused">One of the missing answered and refuses: asking again will not help.</param>
public sealed record PublishResult(IReadOnlyList<string> Acknowledged, IReadOnlyList<string> Missing, bool Refused);
