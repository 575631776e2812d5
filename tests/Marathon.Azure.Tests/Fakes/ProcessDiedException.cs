namespace Marathon.Azure.Tests.Fakes;

/// <summary>The process is gone: nothing after this line of the product runs.</summary>
public sealed class ProcessDiedException(int step) : Exception($"died at step {step}");
