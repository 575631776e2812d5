using Marathon.Verification;

namespace Marathon.Controller.Activities;

/// <summary>A range of offsets that is to be read again.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="Range">The range.</param>
/// <param name="Fruitless">Readings in a row that came no further.</param>
public sealed record RereadTask(string RunId, int Attempt, RereadRequest Range, int Fruitless = 0);
