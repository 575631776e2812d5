namespace Marathon.Testbed.Tests.Support;

/// <summary>A test that needs kcat on the PATH.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KcatFactAttribute : FactAttribute
{
    public KcatFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "kcat"))))
            Skip = "kcat is not installed";
    }
}
