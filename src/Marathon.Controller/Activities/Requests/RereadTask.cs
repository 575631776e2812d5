using Marathon.Verification;

namespace Marathon.Controller.Activities;

/// <summary>A range of offsets that is to be read again.</summary>
public sealed record RereadTask(string RunId, int Attempt, RereadRequest Range);
