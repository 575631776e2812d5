namespace Marathon.Reports;

/// <summary>What the run's machines cost, at list prices. Disks, traffic and the controller are not in it.</summary>
/// <param name="Currency">USD.</param>
/// <param name="Total">As far as prices are known.</param>
/// <param name="TotalAtRegularPrice">What the same hours would have cost at the regular price; null where one is not known.</param>
/// <param name="MachineHours">Hours of all machines, from when they were asked for until their worker ended.</param>
/// <param name="MachineHoursWithoutPrice">Those whose price is not known, and which <paramref name="Total"/> leaves out.</param>
public sealed record CostReport(string Currency, decimal Total, decimal? TotalAtRegularPrice, double MachineHours, double MachineHoursWithoutPrice);
