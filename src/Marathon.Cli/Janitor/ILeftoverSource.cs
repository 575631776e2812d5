namespace Marathon.Cli.Janitor;

/// <summary>Finds one sort of leftovers.</summary>
internal interface ILeftoverSource
{
    /// <summary>What may go now.</summary>
    /// <param name="census">
    /// Asked after the machine was looked at: a run is written down before anything is made for it, so what is found belongs to
    /// a run that the census knows, or to none.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Leftover>> FindAsync(RunCensus census, CancellationToken cancellationToken);
}
