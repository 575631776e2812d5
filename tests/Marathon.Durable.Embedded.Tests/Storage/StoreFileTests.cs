using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Tests.Storage;

/// <summary>Files that are not a healthy database of ours: refused by name, and left byte for byte as they were.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marathon-store-").FullName;

    private string DatabasePath => Path.Combine(_folder, "marathon.db");

    [Fact]
    public Task Start_OnGarbage_IsRefused()
    {
        byte[] garbage = new byte[8192];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(DatabasePath, garbage);
        return RefusedAsync("corrupt");
    }

    [Fact]
    public Task Start_OnText_IsRefused()
    {
        File.WriteAllText(DatabasePath, "not a database");
        return RefusedAsync("corrupt");
    }

    [Fact]
    public Task Start_OnAnotherApplicationsDatabase_IsRefused()
    {
        Execute("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')");
        return RefusedAsync("another application");
    }

    [Fact]
    public async Task Start_OnANewerSchema_IsRefused()
    {
        await CreateAsync();
        Execute("PRAGMA user_version = 2");
        await RefusedAsync("newer version");
    }

    [Fact]
    public async Task Start_OnATruncatedDatabase_IsRefused()
    {
        await CreateAsync();
        using (FileStream file = new(DatabasePath, FileMode.Open))
            file.SetLength(file.Length / 2);
        await RefusedAsync("corrupt");
    }

    [Fact]
    public async Task Start_OnADatabaseWithAnOverwrittenPage_IsRefused()
    {
        await CreateAsync();
        using (FileStream file = new(DatabasePath, FileMode.Open))
        {
            byte[] noise = new byte[4096];
            new Random(2).NextBytes(noise);
            file.Position = 4096;
            file.Write(noise);
        }

        await RefusedAsync("corrupt");
    }

    [Fact]
    public async Task Start_OnAnEmptyFile_MakesADatabaseOfIt()
    {
        File.WriteAllBytes(DatabasePath, []);
        await using EmbeddedDurableHost host = Host();
        await host.StartAsync();
        Assert.Null(await host.Client.GetInstanceAsync("i1"));
    }

    [Fact]
    public async Task Start_InAFolderThatDoesNotExist_MakesIt()
    {
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions
        {
            Registry = new DurableTaskRegistry(), DatabasePath = Path.Combine(_folder, "a", "b", "marathon.db"),
        });
        await host.StartAsync();
        Assert.True(File.Exists(Path.Combine(_folder, "a", "b", "marathon.db")));
    }

    [Fact]
    public async Task Start_OnADatabaseThatIsOpen_NamesTheOwner()
    {
        await using EmbeddedDurableHost owner = Host();
        await owner.StartAsync();
        await using EmbeddedDurableHost second = Host();
        DurableStoreInUseException refusal = await Assert.ThrowsAsync<DurableStoreInUseException>(() => second.StartAsync());
        Assert.Equal(DatabasePath, refusal.DatabasePath);
        Assert.Equal(Environment.ProcessId, refusal.OwnerProcessId);
        await owner.StopAsync();
        await second.StartAsync();
    }

    [Fact]
    public async Task Start_OnADatabaseThatIsOpenByAnotherPath_IsRefused()
    {
        await using EmbeddedDurableHost owner = Host();
        await owner.StartAsync();
        string link = Path.Combine(_folder, "link.db");
        File.CreateSymbolicLink(link, DatabasePath);
        await using EmbeddedDurableHost second = new(new EmbeddedDurableOptions { Registry = new DurableTaskRegistry(), DatabasePath = link });
        await Assert.ThrowsAsync<DurableStoreInUseException>(() => second.StartAsync());
    }

    [Fact]
    public async Task Start_AfterARefusal_WorksOnceTheFileIsGood()
    {
        File.WriteAllText(DatabasePath, "not a database");
        await using EmbeddedDurableHost host = Host();
        await Assert.ThrowsAsync<DurableStoreException>(() => host.StartAsync());
        File.Delete(DatabasePath);
        await host.StartAsync();
        Assert.Null(await host.Client.GetInstanceAsync("i1"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private EmbeddedDurableHost Host() => new(new EmbeddedDurableOptions { Registry = new DurableTaskRegistry(), DatabasePath = DatabasePath });

    private async Task CreateAsync()
    {
        DurableTaskRegistry registry = new();
        registry.AddOrchestratorFunc<string, string>("O", (_, input) => Task.FromResult(input));
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = registry, DatabasePath = DatabasePath });
        await host.StartAsync();
        for (int i = 0; i < 50; i++)
            await host.Client.ScheduleNewOrchestrationInstanceAsync("O", new string('x', 500), new StartOrchestrationOptions($"i{i}"));
        await host.Client.WaitForInstanceCompletionAsync("i49");
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task RefusedAsync(string reason)
    {
        byte[] before = SHA256.HashData(await File.ReadAllBytesAsync(DatabasePath));
        await using EmbeddedDurableHost host = Host();
        DurableStoreException refusal = await Assert.ThrowsAsync<DurableStoreException>(() => host.StartAsync());
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(DatabasePath, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(DatabasePath)));
    }
}
