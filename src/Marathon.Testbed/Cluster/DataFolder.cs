namespace Marathon.Testbed.Cluster;

/// <summary>The cluster's folder: the one given, of which only what the cluster made is removed, or a temporary one.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool _isTemporary;

    private DataFolder(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
    }

    public string Path { get; }

    public string Segments => System.IO.Path.Combine(Path, "segments");

    public string Description => System.IO.Path.Combine(Path, "testbed.json");

    /// <exception cref="TestbedException">It cannot be written.</exception>
    public static DataFolder Open(string? path)
    {
        try
        {
            var folder = path is null
                ? new DataFolder(Directory.CreateTempSubdirectory("marathon-testbed-").FullName, true)
                : new DataFolder(Directory.CreateDirectory(path).FullName, false);
            if (Directory.Exists(folder.Segments))
                Directory.Delete(folder.Segments, recursive: true);
            var probe = System.IO.Path.Combine(folder.Path, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return folder;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TestbedException($"the data folder {path} cannot be written: {refused.Message}", refused);
        }
    }

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
            return;
        }

        if (Directory.Exists(Segments))
            Directory.Delete(Segments, recursive: true);
        File.Delete(Description);
    }
}
