namespace Marathon.Controller.Workers;

/// <summary>Heartbeat rows and series of one run, as they are kept.</summary>
/// <param name="Rows">The last heartbeat of every life.</param>
/// <param name="Series">The series so far.</param>
/// <param name="Totals">What the next point's rates are counted from; null before the first point.</param>
public sealed record FleetSnapshot(IReadOnlyList<HeartbeatRow> Rows, IReadOnlyList<SeriesSnapshot> Series, FleetTotals? Totals = null);

/// <summary>One series, as it is kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stride">How many samples a point stands for.</param>
/// <param name="Points">Pairs of seconds and value.</param>
public sealed record SeriesSnapshot(string Name, int Stride, IReadOnlyList<double[]> Points);

/// <summary>What a fleet had done at one moment.</summary>
/// <param name="Seconds">Since the run's start.</param>
/// <param name="Acked">Records acknowledged.</param>
/// <param name="Received">Records received.</param>
public sealed record FleetTotals(double Seconds, long Acked, long Received);
