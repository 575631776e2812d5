namespace Marathon.Faults;

/// <summary>What is done to the broker. Healing a kill is a restart; healing a pause is a resume.</summary>
public enum FaultAction
{
    /// <summary>kill -9.</summary>
    Kill,

    /// <summary>SIGSTOP: connections stay, nothing is answered.</summary>
    Pause,

    /// <summary>Killed and started again at once.</summary>
    Restart,
}
