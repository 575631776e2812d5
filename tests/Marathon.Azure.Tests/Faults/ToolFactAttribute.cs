namespace Marathon.Azure.Tests.Faults;

/// <summary>A test that needs programs of the machine; left out, with the reason, where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string[] missing = [.. tools.Where(tool => tool != "root" && !path.Any(folder => File.Exists(Path.Combine(folder, tool))))];
        if (missing.Length > 0) Skip = $"needs {string.Join(", ", missing)}";
        else if (tools.Contains("root") && !Environment.IsPrivilegedProcess) Skip = "needs root";
    }
}
