namespace Marathon.Controller.Workers;

/// <summary>A time series of bounded size: when it is full, neighbours merge into their mean and points are taken half as often.</summary>
public sealed class CoarseningSeries
{
    private readonly int capacity;
    private readonly List<double[]> points;
    private int stride;
    private int pending;
    private double pendingSum;

    /// <param name="capacity">Points at most; even.</param>
    /// <param name="points">Points so far, pairs of seconds and value.</param>
    /// <param name="stride">How many samples a point stands for.</param>
    public CoarseningSeries(int capacity = 600, IEnumerable<double[]>? points = null, int stride = 1)
    {
        this.capacity = capacity;
        this.points = [.. points ?? []];
        this.stride = Math.Max(1, stride);
    }

    /// <summary>Pairs of seconds and value.</summary>
    public IReadOnlyList<double[]> Points => points;

    /// <summary>How many samples a point stands for.</summary>
    public int Stride => stride;

    /// <summary>Adds a sample; values that are no number are left out.</summary>
    public void Add(double seconds, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        pendingSum += value;
        if (++pending < stride)
        {
            return;
        }

        points.Add([Math.Round(seconds, 3), Math.Round(pendingSum / pending, 3)]);
        (pending, pendingSum) = (0, 0);
        if (points.Count >= capacity)
        {
            Coarsen();
        }
    }

    private void Coarsen()
    {
        List<double[]> merged = [];
        for (int i = 0; i + 1 < points.Count; i += 2)
        {
            merged.Add([points[i + 1][0], Math.Round((points[i][1] + points[i + 1][1]) / 2, 3)]);
        }

        points.Clear();
        points.AddRange(merged);
        stride *= 2;
    }
}
