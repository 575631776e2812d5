using System.Text;

namespace Marathon.Cli.Processes;

/// <summary>The end of a process's log, for the message that says why it is gone.</summary>
internal static class LogTail
{
    private const int Bytes = 4096;
    private const int Lines = 3;

    /// <summary>The last lines that are not empty, joined by " | "; "it wrote nothing" when there are none.</summary>
    public static string Read(string path) => TryRead(path) ?? "it wrote nothing";

    /// <summary>The same; null when there are none.</summary>
    public static string? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(Bytes, file.Length), SeekOrigin.End);
        byte[] end = new byte[Bytes];
        int length = file.ReadAtLeast(end, Bytes, throwOnEndOfStream: false);
        string[] last = Encoding.UTF8.GetString(end, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return last.Length == 0 ? null : string.Join(" | ", last[^Math.Min(Lines, last.Length)..]);
    }
}
