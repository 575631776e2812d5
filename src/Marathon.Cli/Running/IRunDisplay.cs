namespace Marathon.Cli.Running;

/// <summary>Shows how a run goes on.</summary>
internal interface IRunDisplay : IDisposable
{
    /// <summary>A look at the run.</summary>
    void Show(RunProgress progress);

    /// <summary>A sentence for the reader.</summary>
    void Note(string text);
}
