namespace Marathon.Controller.Runs;

/// <summary>How far the load of an attempt is.</summary>
public enum LoadPhase
{
    /// <summary>Workers have no clients yet.</summary>
    None,

    /// <summary>Clients are made.</summary>
    Initialised,

    /// <summary>Producing and consuming.</summary>
    Running,

    /// <summary>Producers have stopped.</summary>
    Stopped,
}
