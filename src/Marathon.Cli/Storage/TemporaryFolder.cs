namespace Marathon.Cli.Storage;

/// <summary>A folder below the temporary folder that goes when it is disposed of.</summary>
internal sealed class TemporaryFolder(string prefix) : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix + "-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
