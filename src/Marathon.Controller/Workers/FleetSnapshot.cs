namespace Marathon.Controller.Workers;

/// <summary>Heartbeat rows and series of one run, as kept in a file.</summary>
internal sealed record FleetSnapshot(IReadOnlyList<HeartbeatRow> Rows, IReadOnlyList<SeriesSnapshot> Series);

/// <summary>One series, as kept in a file.</summary>
internal sealed record SeriesSnapshot(string Name, int Stride, IReadOnlyList<double[]> Points);
