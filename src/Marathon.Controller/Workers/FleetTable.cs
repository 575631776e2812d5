using Marathon.Reports;
using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Heartbeat rows and series of one run, in memory.</summary>
public sealed class FleetTable
{
    /// <summary>A heartbeat of this age says how things stand now.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private static readonly (string Name, string Unit)[] SeriesNames =
        [("produce-rate", "records/s"), ("consume-rate", "records/s"), ("lag", "records"), ("publish-p99", "ms"), ("end-to-end-p99", "ms")];

    private readonly Lock gate = new();
    private readonly Dictionary<(string Worker, int Epoch), HeartbeatRow> rows = [];
    private readonly Dictionary<string, CoarseningSeries> series = [];
    private FleetTotals? last;

    /// <summary>Goes on from what was kept; from nothing when there is nothing.</summary>
    public FleetTable(FleetSnapshot? snapshot)
    {
        last = snapshot?.Totals;
        foreach (HeartbeatRow row in snapshot?.Rows ?? [])
        {
            rows[(row.Worker, row.Heartbeat.Epoch)] = row;
        }

        foreach ((string name, string _) in SeriesNames)
        {
            SeriesSnapshot? known = snapshot?.Series.FirstOrDefault(s => s.Name == name);
            series[name] = new CoarseningSeries(points: known?.Points, stride: known?.Stride ?? 1);
        }
    }

    /// <summary>When it was last kept.</summary>
    public DateTimeOffset FlushedAt { get; set; }

    /// <summary>Overwrites a life's row. False when the row is as new or newer.</summary>
    public bool Put(string worker, Heartbeat heartbeat, DateTimeOffset receivedAt)
    {
        lock (gate)
        {
            if (rows.TryGetValue((worker, heartbeat.Epoch), out HeartbeatRow? row) && row.Heartbeat.Number >= heartbeat.Number)
            {
                return false;
            }

            rows[(worker, heartbeat.Epoch)] = new HeartbeatRow(worker, heartbeat, receivedAt);
            return true;
        }
    }

    /// <summary>All rows.</summary>
    public IReadOnlyList<HeartbeatRow> Rows()
    {
        lock (gate)
        {
            return [.. rows.Values];
        }
    }

    /// <summary>Adds a point to every series.</summary>
    /// <param name="seconds">Since the run's start.</param>
    /// <param name="freshSince">Lag and latency are of rows that are not older.</param>
    public void Sample(double seconds, DateTimeOffset freshSince)
    {
        lock (gate)
        {
            long acked = rows.Values.Sum(r => r.Heartbeat.Counters.Acked);
            long received = rows.Values.Sum(r => r.Heartbeat.Counters.Received);
            if (last is { } before && seconds > before.Seconds)
            {
                series["produce-rate"].Add(seconds, (acked - before.Acked) / (seconds - before.Seconds));
                series["consume-rate"].Add(seconds, (received - before.Received) / (seconds - before.Seconds));
            }

            last = new FleetTotals(seconds, acked, received);
            HeartbeatRow[] fresh = [.. rows.Values.Where(r => r.ReceivedAt >= freshSince)];
            if (fresh.Length > 0)
            {
                series["lag"].Add(seconds, fresh.SelectMany(r => r.Heartbeat.Positions).Sum(p => Math.Max(0, p.HighWatermark - p.NextOffset)));
            }

            // Percentiles of several workers cannot be added: the worst of them is the honest bound.
            series["publish-p99"].Add(seconds, fresh.Max(r => r.Heartbeat.Latency?.PublishP99) ?? double.NaN);
            series["end-to-end-p99"].Add(seconds, fresh.Max(r => r.Heartbeat.Latency?.EndToEndP99) ?? double.NaN);
        }
    }

    /// <summary>The series so far.</summary>
    public IReadOnlyList<SeriesReport> Series()
    {
        lock (gate)
        {
            return [.. SeriesNames.Select(n => new SeriesReport(n.Name, n.Unit, [.. series[n.Name].Points]))];
        }
    }

    /// <summary>All of it, to be kept.</summary>
    public FleetSnapshot Snapshot()
    {
        lock (gate)
        {
            return new FleetSnapshot([.. rows.Values], [.. series.Select(s => new SeriesSnapshot(s.Key, s.Value.Stride, [.. s.Value.Points]))], last);
        }
    }
}
