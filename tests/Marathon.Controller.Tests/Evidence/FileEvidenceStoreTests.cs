using System.Text;
using Marathon.Controller.Evidence;
using Marathon.Controller.Storage;

namespace Marathon.Controller.Tests.Evidence;

public sealed class FileEvidenceStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-evidence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_highest_number_of_each_life_is_kept_whatever_the_order_and_however_often_the_store_restarts(int seed)
    {
        Random random = new(seed);
        Dictionary<(string, int), long> expected = [];
        FileEvidenceStore store = new(new DataFolder(folder));
        for (int i = 0; i < 300; i++)
        {
            (string worker, int epoch, long number) = ($"w{random.Next(3)}", random.Next(1, 4), random.Next(1, 100));
            long stored = await store.PutAsync("r", new StoredEvidence(worker, epoch, number, Encoding.UTF8.GetBytes($"{{\"n\":{number}}}")), default);
            expected[(worker, epoch)] = Math.Max(number, expected.GetValueOrDefault((worker, epoch)));
            Assert.Equal(expected[(worker, epoch)], stored);
            store = random.Next(10) == 0 ? new FileEvidenceStore(new DataFolder(folder)) : store;
        }

        IReadOnlyList<StoredEvidence> all = await store.ListAsync("r", default);
        Assert.Equal(expected.Count, all.Count);
        Assert.All(all, s => Assert.Equal((expected[(s.Worker, s.Epoch)], $"{{\"n\":{s.Number}}}"), (s.Number, Encoding.UTF8.GetString(s.Content.Span))));
    }

    [Fact]
    public async Task Checkpoints_that_race_leave_the_newest_one_whole()
    {
        FileEvidenceStore store = new(new DataFolder(folder));
        await Parallel.ForAsync(1, 60, async (i, cancel) =>
            await store.PutAsync("r", new StoredEvidence("w0", 1, i, Encoding.UTF8.GetBytes(new string((char)('a' + (i % 26)), 10_000))), cancel));

        StoredEvidence last = (await store.FindAsync("r", "w0", 1, default))!;
        Assert.Equal(59, last.Number);
        Assert.Equal(new string((char)('a' + (59 % 26)), 10_000), Encoding.UTF8.GetString(last.Content.Span));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "runs", "r", "evidence")));
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        FileEvidenceStore store = new(new DataFolder(folder));
        await store.PutAsync("r", new StoredEvidence("w0", 1, 1, Encoding.UTF8.GetBytes("{}")), default);
        string path = Directory.GetFiles(Path.Combine(folder, "runs", "r", "evidence")).Single();
        await File.WriteAllTextAsync(path, "garbage");

        StorageException error = await Assert.ThrowsAsync<StorageException>(() => new FileEvidenceStore(new DataFolder(folder)).ListAsync("r", default));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_clearly()
    {
        string file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        FileEvidenceStore store = new(new DataFolder(file));

        StorageException error = await Assert.ThrowsAsync<StorageException>(() => store.PutAsync("r", new StoredEvidence("w0", 1, 1, default), default));

        Assert.StartsWith("cannot write", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }
}
