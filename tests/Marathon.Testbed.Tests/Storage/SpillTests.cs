using Marathon.Testbed.Cluster;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Storage;

public sealed class SpillTests
{
    [Fact]
    public async Task BacklogBeyondMemory_GoesToSegmentFiles_AndIsReadBackWhole()
    {
        var folder = Directory.CreateTempSubdirectory("marathon-spill-test-");
        try
        {
            var options = new TestbedOptions { Seed = 5, DataFolder = folder.FullName, MaxLogMemoryBytes = 4 << 20 };
            await using (var cluster = await TestbedCluster.StartAsync(options))
            {
                await cluster.CreateTopicAsync("backlog", 2);
                using var producer = cluster.Producer();
                var filler = new string('x', 4000);
                var sends = Enumerable.Range(0, 8000).Select(i =>
                    producer.ProduceAsync("backlog", new Confluent.Kafka.Message<string, string> { Key = $"{i}", Value = $"{i:D6}{filler}" }));
                await Task.WhenAll(sends).WaitAsync(TimeSpan.FromSeconds(60));

                await Eventually.TrueAsync(() => cluster.Resources.Chunks.SpilledBytes > 20 << 20, "most is in files");
                Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.FullName, "segments")));
                Assert.InRange(cluster.Resources.Chunks.MemoryBytes, 0, 8 << 20);
                var read = cluster.ReadAll("backlog").Select(r => int.Parse(r.Message.Value[..6]));
                Assert.Equal(Enumerable.Range(0, 8000), read.Order());

                using var admin = cluster.Admin();
                await admin.DeleteTopicsAsync(["backlog"]);
                await Eventually.TrueAsync(() => cluster.Resources.Chunks.SpilledBytes == 0, "a deleted topic gives its space back");
            }

            Assert.Empty(folder.GetFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
