namespace Marathon.Worker.Lifetime;

/// <summary>Why a worker ends. The values are its exit codes.</summary>
public enum WorkerEnd
{
    /// <summary>Told to, by command or signal; everything was handed over.</summary>
    Done = 0,

    /// <summary>It broke.</summary>
    Crashed = 1,

    /// <summary>Its arguments cannot be used.</summary>
    BadArguments = 2,

    /// <summary>No controller renewed its lease.</summary>
    LeaseOver = 3,

    /// <summary>Another life of the same worker took over.</summary>
    Replaced = 4,
}
