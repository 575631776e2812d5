using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Owner;

/// <summary><c>controller.json</c>: who owns the data folder, where it is reached, and the key that opens it. Its user alone can read it.</summary>
/// <param name="Url">Base address.</param>
/// <param name="Pid">Process id of the owner.</param>
/// <param name="StartedAt">When it became the owner.</param>
/// <param name="ProcessStart">Start of the process, as <see cref="ProcessIdentity"/> has it.</param>
/// <param name="OperatorKey">Opens the operators' routes.</param>
internal sealed record ControllerFile(Uri Url, int Pid, DateTimeOffset StartedAt, string ProcessStart, string OperatorKey)
{
    /// <summary>Every port that it listens on, its own first: workers of unfinished runs know that of the owner that started them.</summary>
    public IReadOnlyList<int> Ports { get; init => field = value ?? [Url.Port]; } = [Url.Port];

    /// <summary>The owner's process.</summary>
    public ProcessIdentity Process => new(Pid, ProcessStart);

    /// <summary>Where it is.</summary>
    public static string PathOf(string data) => Path.Combine(data, "controller.json");

    /// <summary>What the last owner left, alive or not; null when there never was one or it left in order.</summary>
    public static Task<ControllerFile?> ReadAsync(string data, CancellationToken cancellationToken) =>
        LenientJsonFile.ReadAsync<ControllerFile>(PathOf(data), cancellationToken);

    /// <summary>The living owner; null when there is none.</summary>
    public static async Task<ControllerFile?> ReadLivingAsync(string data, CancellationToken cancellationToken) =>
        await ReadAsync(data, cancellationToken) is { Process.IsAlive: true } living ? living : null;

    /// <summary>Makes this the owner's file.</summary>
    public Task WriteAsync(string data, CancellationToken cancellationToken) => JsonFile.WriteAsync(PathOf(data), this, cancellationToken);
}
