using System.Globalization;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>
/// An exclusive lock on a file beside the database, held as long as the engine runs. The operating system gives it
/// back however the process ends, so nothing is left to clean up after a kill.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="DurableStoreInUseException">Another engine holds it, in this process or another.</exception>
    public static StoreLock Acquire(string databasePath)
    {
        string path = databasePath + ".lock";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DurableStoreInUseException(databasePath, OwnerOf(databasePath), e);
        }

        try
        {
            // Beside the lock, which nobody else can open while it is held.
            File.WriteAllText(OwnerFile(databasePath), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new StoreLock(file);
    }

    // The files stay: deleting it could take the lock from under an engine that has just opened it.
    public void Dispose() => _file.Dispose();

    private static string OwnerFile(string databasePath) => databasePath + ".owner";

    private static int? OwnerOf(string databasePath)
    {
        try
        {
            return int.TryParse(File.ReadAllText(OwnerFile(databasePath)), CultureInfo.InvariantCulture, out int pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
