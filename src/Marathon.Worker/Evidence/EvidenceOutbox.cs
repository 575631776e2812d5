using Marathon.Workers;

namespace Marathon.Worker.Evidence;

/// <summary>
/// Where the newest checkpoint lies that the controller has not taken, so that nothing is lost when both end. One file,
/// replaced as a whole: checkpoints are cumulative.
/// </summary>
public sealed class EvidenceOutbox(WorkerArguments arguments)
{
    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(
        arguments.RunFolder, WorkerProtocol.EvidenceOutbox, $"{arguments.Worker}-{arguments.Epoch}.json");

    /// <summary>Leaves a checkpoint.</summary>
    public async Task LeaveAsync(ReadOnlyMemory<byte> evidence, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var fresh = Path + ".new";
        await File.WriteAllBytesAsync(fresh, evidence, cancellationToken);
        File.Move(fresh, Path, overwrite: true);
    }

    /// <summary>The controller has this checkpoint or a newer one.</summary>
    public void Clear()
    {
        if (File.Exists(Path))
            File.Delete(Path);
    }
}
