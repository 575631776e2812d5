namespace Marathon.Reports.Rendering.Html;

/// <summary>What the run's machines cost.</summary>
internal static class CostSection
{
    public static Section Of(Report report) => new("cost", "Cost", null, report.Cost is { } cost ? Body(cost) : Markup.Empty);

    private static Markup Body(CostReport cost)
    {
        (string Name, string? Value)[] pairs =
        [
            ("machines", Readable.Money(cost.Total, cost.Currency)),
            ("at the regular price", cost.TotalAtRegularPrice is { } regular ? Readable.Money(regular, cost.Currency) : null),
            ("machine hours", Readable.Number(cost.MachineHours)),
            ("of which without a price", cost.MachineHoursWithoutPrice > 0 ? Readable.Number(cost.MachineHoursWithoutPrice) : null),
        ];
        Markup[] known = [.. pairs.Where(p => p.Value is not null).Select(p => Markup.Of($"<div><dt>{p.Name}</dt><dd>{p.Value}</dd></div>"))];
        return Markup.Of($"<dl class=\"pairs\">{known}</dl>\n<p class=\"note\">List prices of the machines alone: disks, traffic and the controller are not in it.</p>\n");
    }
}
