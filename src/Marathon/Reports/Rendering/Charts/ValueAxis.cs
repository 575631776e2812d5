namespace Marathon.Reports.Rendering.Charts;

/// <summary>The upright axis of a chart, from the bottom (0) to the top (1). Logarithmic where values span several magnitudes.</summary>
internal sealed class ValueAxis
{
    private ValueAxis(bool isLogarithmic, double low, double high, IReadOnlyList<double> ticks)
    {
        IsLogarithmic = isLogarithmic;
        Low = low;
        High = high;
        Ticks = ticks;
    }

    public bool IsLogarithmic { get; }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>From zero to a round number at or above the largest value, or to one where nothing is above zero.</summary>
    public static ValueAxis Linear(double largest)
    {
        double end = largest > 0 ? largest : 1;
        double rough = end / 4;
        double magnitude = double.Pow(10, double.Floor(double.Log10(rough)));
        double step = magnitude * (rough / magnitude) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 2.5 => 2.5,
            <= 5 => 5,
            _ => 10,
        };
        int count = (int)double.Ceiling(end / step);
        return new(false, 0, count * step, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    /// <summary>Whole powers of ten around the values, which must be above zero.</summary>
    public static ValueAxis Logarithmic(double smallest, double largest)
    {
        int low = (int)double.Floor(double.Log10(smallest));
        int high = int.Max((int)double.Ceiling(double.Log10(largest)), low + 1);
        return new(true, double.Pow(10, low), double.Pow(10, high), [.. Enumerable.Range(low, high - low + 1).Select(e => double.Pow(10, e))]);
    }

    /// <summary>Latencies whose peaks would flatten everything else get a logarithmic axis.</summary>
    public static ValueAxis Fit(IEnumerable<double> values, bool mayBeLogarithmic)
    {
        double[] all = [.. values];
        double largest = all.Length == 0 ? 1 : double.Max(all.Max(), 0);
        double smallest = all.Where(v => v > 0).DefaultIfEmpty(largest).Min();
        return mayBeLogarithmic && smallest > 0 && largest / smallest > 50 ? Logarithmic(smallest, largest) : Linear(largest);
    }

    public double Share(double value) => double.Clamp(
        IsLogarithmic
            ? (double.Log10(double.Max(value, Low)) - double.Log10(Low)) / (double.Log10(High) - double.Log10(Low))
            : (value - Low) / (High - Low),
        0,
        1);
}
