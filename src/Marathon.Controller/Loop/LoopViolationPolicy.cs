namespace Marathon.Controller.Loop;

/// <summary>What the loop does when a run ends with a violation.</summary>
public enum LoopViolationPolicy
{
    /// <summary>Goes on with the next entry.</summary>
    Continue,

    /// <summary>Stops, so that somebody looks at it.</summary>
    Stop,
}
