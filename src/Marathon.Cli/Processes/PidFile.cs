using System.Globalization;

namespace Marathon.Cli.Processes;

/// <summary>
/// The file in which a detached process leaves its identity before it becomes what it is: the line of /proc/PID/stat and
/// the boot id, or its id alone where there is no /proc.
/// </summary>
internal static class PidFile
{
    /// <summary>Whom the file names, alive or not; null when there is no such file.</summary>
    /// <exception cref="InvalidDataException">The file is not what a process of ours writes.</exception>
    public static ProcessIdentity? TryRead(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (lines.Length == 0 || !int.TryParse(lines[0].Split(' ')[0], CultureInfo.InvariantCulture, out int pid) || pid <= 1)
        {
            throw new InvalidDataException($"{path} names no process; remove it once you have made sure that what it stood for has ended");
        }

        return lines.Length >= 2 && ProcStat.Parse(lines[0], lines[1]) is { } stat
            ? new ProcessIdentity(pid, stat.Start)
            : new ProcessIdentity(pid, ProcessIdentity.UtcStart(File.GetLastWriteTimeUtc(path)));
    }
}
