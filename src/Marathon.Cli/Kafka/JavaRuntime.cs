using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Marathon.Cli.Processes;

namespace Marathon.Cli.Kafka;

/// <summary>The Java that local Kafka brokers run on: <c>JAVA_HOME</c>, else the PATH.</summary>
/// <param name="Path">The program.</param>
/// <param name="Major">17 for 17.0.15; 8 for 1.8.0.</param>
/// <param name="Version">As it says.</param>
public sealed partial record JavaRuntime(string Path, int Major, string Version)
{
    /// <summary>The oldest that both Kafka 3.9 and 4.x run on.</summary>
    public const int MinimumMajor = 17;

    /// <summary>How to get one.</summary>
    public const string Remedy =
        "install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17), on the PATH or named by JAVA_HOME";

    /// <summary>Finds it and asks for its version; null when there is none that starts.</summary>
    public static async Task<JavaRuntime?> FindAsync(CancellationToken cancellationToken)
    {
        string? home = Environment.GetEnvironmentVariable("JAVA_HOME");
        string? path = !string.IsNullOrEmpty(home) && System.IO.Path.Combine(home, "bin", "java") is { } java && File.Exists(java)
            ? java
            : ExecutablePath.Find("java");
        if (path is null)
        {
            return null;
        }

        ProcessStartInfo info = new(path, ["-XX:-UsePerfData", "-version"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using Process process = Process.Start(info)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            string text = await process.StandardError.ReadToEndAsync(cancellationToken) + await output;
            await process.WaitForExitAsync(cancellationToken);
            return Parse(path, text);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads <c>openjdk version "17.0.15"</c>; null when it is not of that form.</summary>
    internal static JavaRuntime? Parse(string path, string text)
    {
        Match match = VersionPattern().Match(text);
        return match.Success && int.TryParse(match.Groups["major"].Value, CultureInfo.InvariantCulture, out int major)
            ? new JavaRuntime(path, major, match.Groups["version"].Value)
            : null;
    }

    [GeneratedRegex("""version "(?<version>(?:1\.)?(?<major>\d+)[^"]*)""")]
    private static partial Regex VersionPattern();
}
