namespace Marathon.Azure.Boot;

/// <summary>What a machine is told when it boots.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Controller">Where it finds the controller.</param>
/// <param name="TokenSecret">Where it finds the run's token; only its identity may read it.</param>
/// <param name="IdentityClientId">Client id of that identity.</param>
/// <param name="Image">The worker's container image.</param>
/// <param name="LeaseTimeout">How long the worker lives without an answer of the controller.</param>
public sealed record WorkerBoot(string RunId, Uri Controller, Uri TokenSecret, string IdentityClientId, string Image, TimeSpan LeaseTimeout);
