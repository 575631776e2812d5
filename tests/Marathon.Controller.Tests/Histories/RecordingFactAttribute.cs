namespace Marathon.Controller.Tests.Histories;

/// <summary>Runs where <c>MARATHON_RECORD_HISTORIES</c> names the folder to record into.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordingFactAttribute : FactAttribute
{
    public const string Variable = "MARATHON_RECORD_HISTORIES";

    public RecordingFactAttribute()
    {
        if (Folder is null)
        {
            Skip = $"records histories of this build into the folder that {Variable} names";
        }
    }

    public static string? Folder => Environment.GetEnvironmentVariable(Variable);
}
