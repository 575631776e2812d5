using Marathon.Workers.Commands;

namespace Marathon.Controller.Bus;

/// <summary>What became of a command at one worker.</summary>
/// <param name="Worker">The worker's id.</param>
/// <param name="Epoch">The life that was asked.</param>
/// <param name="Answer">Its answer; null when it did not acknowledge.</param>
/// <param name="Error">Why it did not, for people.</param>
/// <param name="Refused">It answered, and refuses: asking again will not help.</param>
public sealed record CommandOutcome(string Worker, int Epoch, CommandAnswer? Answer, string? Error = null, bool Refused = false)
{
    /// <summary>Whether the worker did it.</summary>
    public bool Acknowledged => Answer is not null;
}
