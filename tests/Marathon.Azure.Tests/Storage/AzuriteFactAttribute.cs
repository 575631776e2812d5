namespace Marathon.Azure.Tests.Storage;

/// <summary>A test against Azurite; skipped where it is not installed.</summary>
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute()
    {
        if (Azurite.Executable is null) Skip = "Azurite is not installed: ./marathon test installs it where there is npm";
    }
}
