using Marathon.Controller.Storage;
using Marathon.Controller.Workers;
using Marathon.Durable.Embedded;
using Marathon.Reports;
using Marathon.Workers;

namespace Marathon.Controller.Tests.Workers;

public sealed class FleetTableTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-fleet-").FullName;
    private readonly VirtualTimeProvider time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Series_stay_bounded_and_keep_their_mean_and_extent()
    {
        FileHeartbeats heartbeats = new(new DataFolder(folder), time);
        for (int second = 1; second <= 5000; second++)
        {
            await heartbeats.PutAsync("r", "w0", Beat(second, acked: second * 100), default);
            await heartbeats.SampleAsync("r", TimeSpan.FromSeconds(second), default);
        }

        SeriesReport rate = (await heartbeats.SeriesAsync("r", default)).Single(s => s.Name == "produce-rate");

        Assert.InRange(rate.Points.Count, 200, 600);
        Assert.All(rate.Points, p => Assert.Equal(100, p[1], 3));
        Assert.InRange(rate.Points[^1][0], 4900, 5000);
    }

    [Fact]
    public async Task Rows_and_series_survive_the_controller()
    {
        FileHeartbeats before = new(new DataFolder(folder), time);
        await before.PutAsync("r", "w0", Beat(3, 500), default);
        await before.SampleAsync("r", TimeSpan.FromSeconds(1), default);
        await before.FlushAsync("r", default);

        FileHeartbeats after = new(new DataFolder(folder), time);

        Assert.Equal(500, Assert.Single(await after.ListAsync("r", default)).Heartbeat.Counters.Acked);
        Assert.False(await after.PutAsync("r", "w0", Beat(2, 400), default));
        Assert.True(await after.PutAsync("r", "w0", Beat(4, 600), default));
    }

    [Fact]
    public async Task Each_life_has_its_own_row()
    {
        FileHeartbeats heartbeats = new(new DataFolder(folder), time);
        await heartbeats.PutAsync("r", "w0", Beat(9, 500), default);
        await heartbeats.PutAsync("r", "w0", Beat(1, 10) with { Epoch = 2 }, default);

        Assert.Equal(510, (await heartbeats.ListAsync("r", default)).Sum(r => r.Heartbeat.Counters.Acked));
    }

    private static Heartbeat Beat(long number, long acked) => new()
    {
        Epoch = 1,
        Number = number,
        At = DateTimeOffset.UnixEpoch,
        Phase = WorkerPhase.Running,
        Counters = new LoadCounters { Acked = acked },
    };
}
