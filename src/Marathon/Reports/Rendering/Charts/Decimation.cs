namespace Marathon.Reports.Rendering.Charts;

/// <summary>Thins a series to what a screen can show. Keeps the lowest and the highest point of every stretch, so no peak is lost.</summary>
internal static class Decimation
{
    /// <param name="points">Pairs of seconds and value; pairs that are none, or not finite, are left out.</param>
    /// <param name="stretches">How many stretches of equal time; at most two points of each remain.</param>
    public static IReadOnlyList<(double Seconds, double Value)> Thin(IEnumerable<double[]> points, int stretches)
    {
        (double Seconds, double Value)[] all =
            [.. points.Where(p => p is [var x, var y] && double.IsFinite(x) && double.IsFinite(y)).Select(p => (p[0], p[1])).OrderBy(p => p.Item1)];
        if (all.Length <= 2 * stretches)
        {
            return all;
        }

        double first = all[0].Seconds, length = double.Max(all[^1].Seconds - first, double.Epsilon);
        return
        [
            .. all
                .GroupBy(p => int.Min((int)((p.Seconds - first) / length * stretches), stretches - 1))
                .SelectMany(g => new[] { g.MinBy(p => p.Value), g.MaxBy(p => p.Value) }.Distinct().OrderBy(p => p.Seconds)),
        ];
    }
}
