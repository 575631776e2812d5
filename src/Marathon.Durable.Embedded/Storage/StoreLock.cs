using System.Globalization;
using System.Text;

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
            throw new DurableStoreInUseException(databasePath, OwnerOf(path), e);
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new StoreLock(file);
    }

    // The file stays: deleting it could take the lock from under an engine that has just opened it.
    public void Dispose() => _file.Dispose();

    private static int? OwnerOf(string path)
    {
        try
        {
            // Sharing everything takes no lock of its own.
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(file, Encoding.ASCII);
            return int.TryParse(reader.ReadToEnd(), CultureInfo.InvariantCulture, out int pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
