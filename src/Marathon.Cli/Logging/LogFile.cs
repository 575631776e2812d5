namespace Marathon.Cli.Logging;

/// <summary>A text file that lines are appended to. A log must not end what it tells of: when the disk is full lines are dropped.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter? writer;

    public LogFile(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            writer = null;
        }
    }

    /// <summary>Appends it.</summary>
    public void WriteLine(string line)
    {
        lock (gate)
        {
            try
            {
                writer?.WriteLine(line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // See above: the line is dropped.
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            writer?.Dispose();
        }
    }
}
