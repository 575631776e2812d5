using System.Text.Json;

namespace Marathon.Testbed.ControlApi;

/// <summary>How the cluster makes itself known once it serves: <c>testbed.json</c>, readable by its user alone.</summary>
/// <param name="StartedAt">When the process started; with the pid it names the process for ever.</param>
internal sealed record ControlFile(int Pid, DateTimeOffset StartedAt, string BootstrapServers, Uri ControlUrl, string Key)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes it beside its place and moves it there: whoever finds it finds it whole.</summary>
    public async Task WriteAsync(string path)
    {
        var beside = $"{path}.{Pid}.tmp";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(beside, options))
            await JsonSerializer.SerializeAsync(file, this, Json);
        File.Move(beside, path, overwrite: true);
    }
}
