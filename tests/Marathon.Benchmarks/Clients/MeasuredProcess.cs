using System.Diagnostics;
using System.Globalization;

namespace Marathon.Benchmarks.Clients;

/// <summary>Runs a client as a process of its own, for its processor time is to be its alone.</summary>
internal static class MeasuredProcess
{
    /// <returns>Standard output, and seconds of user and system time.</returns>
    public static async Task<(string Output, double CpuSeconds)> RunAsync(string program, params string[] arguments)
    {
        // The shell's own measure, for the system keeps none of an ended process that another could ask for.
        var start = new ProcessStartInfo("bash", ["-c", "TIMEFORMAT='cpu %U %S'; time \"$0\" \"$@\"", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var said = await errors;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{said}");
        var times = said.Split('\n').Last(line => line.StartsWith("cpu ", StringComparison.Ordinal)).Split(' ');
        return (output, double.Parse(times[1], CultureInfo.InvariantCulture) + double.Parse(times[2], CultureInfo.InvariantCulture));
    }
}
