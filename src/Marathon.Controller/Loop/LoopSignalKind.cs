namespace Marathon.Controller.Loop;

/// <summary>What the loop can be told.</summary>
public enum LoopSignalKind
{
    /// <summary>There is a new list.</summary>
    Replanned,

    /// <summary>Start no further run; the one under way goes on.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>Interrupt the run under way and go to the next.</summary>
    Skip,

    /// <summary>Interrupt the run under way and end.</summary>
    Stop,
}
