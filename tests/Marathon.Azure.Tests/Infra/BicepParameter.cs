namespace Marathon.Azure.Tests.Infra;

internal sealed record BicepParameter(string Name, bool HasDefault, string Decorators)
{
    public bool IsDescribed => Decorators.Contains("@description(", StringComparison.Ordinal);
}
