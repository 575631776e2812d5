using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Telemetry;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Telemetry;

public sealed class ClusterMeterTests
{
    [Fact]
    public async Task ProducingAndLying_IsMeasured()
    {
        var sums = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == ClusterMeter.Name)
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => sums[instrument.Name] = value);
        listener.Start();
        await using var cluster = await TestbedCluster.StartAsync(new TestbedOptions { Brokers = 1, Lies = ["corrupt:rate=1,max=1"] });
        await cluster.CreateTopicAsync("measured", 3);
        using (var producer = cluster.Producer())
            await producer.ProduceAsync("measured", Enumerable.Range(0, 25));
        listener.RecordObservableInstruments();
        // Clusters of other tests may be at work in this process.
        Assert.InRange(sums["kafka.message.count"], 25, long.MaxValue);
        Assert.InRange(sums["kafka.request.count"], 2, long.MaxValue);
        Assert.InRange(sums["kafka.network.io"], 25, long.MaxValue);
        Assert.InRange(sums["marathon.testbed.lies"], 1, long.MaxValue);
        Assert.Contains("kafka.partition.count", sums.Keys);
    }
}
