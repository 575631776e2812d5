namespace Marathon.Cli.Doctor;

/// <summary>One thing that was looked for on this machine.</summary>
/// <param name="Name">What.</param>
/// <param name="State">How it is.</param>
/// <param name="Detail">What was found, or what is missing.</param>
/// <param name="Remedy">How to get it; null when nothing is missing.</param>
internal sealed record Finding(string Name, FindingState State, string Detail, string? Remedy = null)
{
    /// <summary>It is there.</summary>
    public static Finding Fine(string name, string detail) => new(name, FindingState.Fine, detail);

    /// <summary>Something optional is missing.</summary>
    public static Finding Optional(string name, string detail, string remedy) => new(name, FindingState.Optional, detail, remedy);

    /// <summary>Runs do not work without it.</summary>
    public static Finding Missing(string name, string detail, string remedy) => new(name, FindingState.Missing, detail, remedy);
}
