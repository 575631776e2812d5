using System.Diagnostics;

namespace Marathon.Testbed.Tests.Support;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(120);

    /// <summary>A class of a Kafka distribution; gives what it wrote to stdout.</summary>
    public static Task<string> JavaAsync(string home, string mainClass, string arguments, string input = "")
    {
        Assert.True(Directory.Exists(Path.Combine(home, "libs")), home);
        string[] java = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", Path.Combine(home, "libs", "*"), mainClass];
        return RunAsync("java", [.. java, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], input);
    }

    public static async Task<string> RunAsync(string program, string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var deadline = new CancellationTokenSource(Within);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors} {await output}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
