using Marathon.Cli.Owner;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Tests.Owner;

/// <summary>Workers know the port of the owner that started them, however many owners there have been since.</summary>
public sealed class ListenerPortsTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public async Task Choose_AfterSeveralOwners_KeepsThePortsOfAllOfThem()
    {
        OwnerOptions options = new(folder.Path, Port: null, TimeSpan.FromMinutes(1));
        ControllerFile first = await LiveAsync(options);
        ControllerFile second = await LiveAsync(options with { Port = 0 });
        Assert.Equal([second.Url.Port, first.Url.Port], second.Ports);

        ControllerFile third = await LiveAsync(options);
        Assert.Equal(second.Ports, third.Ports);
        Assert.Equal(second.Url, third.Url);
    }

    [Fact]
    public async Task Read_AFileThatTellsNoPorts_HasThatOfItsAddress()
    {
        await File.WriteAllTextAsync(
            ControllerFile.PathOf(folder.Path), """{"url":"http://127.0.0.1:7071","pid":1,"startedAt":"2026-01-01T00:00:00Z","processStart":"1","operatorKey":"k"}""");

        Assert.Equal([7071], (await ControllerFile.ReadAsync(folder.Path, default))!.Ports);
    }

    public void Dispose() => folder.Dispose();

    // It leaves its file, as one does that leaves runs unfinished.
    private static async Task<ControllerFile> LiveAsync(OwnerOptions options)
    {
        OwnerHost owner = await OwnerHost.StartAsync(options, default);
        await owner.DisposeAsync();
        await JsonFile.WriteAsync(ControllerFile.PathOf(options.Data), owner.File, default);
        return owner.File;
    }
}
