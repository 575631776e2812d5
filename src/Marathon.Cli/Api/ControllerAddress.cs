using Marathon.Cli.Owner;
using Marathon.Configuration;

namespace Marathon.Cli.Api;

/// <summary>Which controller a command talks to.</summary>
internal static class ControllerAddress
{
    /// <summary>Holds the operator key of a controller that was named by its address.</summary>
    public const string KeyVariable = "MARATHON_CONTROLLER_KEY";

    /// <summary>The controller that was named, else the living owner of the data folder; null when there is neither.</summary>
    public static async Task<MarathonClient?> TryOpenAsync(Uri? named, string data, CancellationToken cancellationToken) =>
        named is not null ? new MarathonClient(named, Environment.GetEnvironmentVariable(KeyVariable))
        : await ControllerFile.ReadLivingAsync(data, cancellationToken) is { } owner ? new MarathonClient(owner.Url, owner.OperatorKey)
        : null;

    /// <summary>The same, where nothing can be done without a controller.</summary>
    /// <exception cref="SpecException">There is none.</exception>
    public static async Task<MarathonClient> OpenAsync(Uri? named, string data, CancellationToken cancellationToken) =>
        await TryOpenAsync(named, data, cancellationToken)
        ?? throw new SpecException("--data", $"no controller lives on '{data}'", $"start one with marathon up, or name one with --controller URL and {KeyVariable}");

    /// <summary>The same for what the files of the data folder can tell too.</summary>
    public static async Task<IRunDirectory> OpenDirectoryAsync(Uri? named, string data, CancellationToken cancellationToken) =>
        await TryOpenAsync(named, data, cancellationToken) is { } client ? client : new DataFolderRuns(data);
}
