using System.ComponentModel;
using System.Diagnostics;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>A test that needs a small disk of its own; skipped where this user may not mount one in a namespace.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountNamespaceFactAttribute : FactAttribute
{
    private static readonly string? s_missing = Missing();

    public MountNamespaceFactAttribute() => Skip = s_missing;

    private static string? Missing()
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", Path.GetTempPath()])
            {
                RedirectStandardError = true,
            })!;
            string error = probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : $"no file system can be mounted in a namespace here: {error.Trim()}";
        }
        catch (Win32Exception e)
        {
            return $"unshare (util-linux) is missing: {e.Message}";
        }
    }
}
