using System.Net;

namespace Marathon.Worker;

/// <summary>What a worker is told when it starts.</summary>
/// <param name="Run">The run.</param>
/// <param name="Data">Marathon's data folder; the worker writes only below <c>runs/{run}</c> in it.</param>
/// <param name="Worker">The worker's id, stable across replacements.</param>
/// <param name="Epoch">Which life of it, from 1.</param>
/// <param name="Controller">Base address of the controller.</param>
/// <param name="Listen">Where to take commands; port 0 is any free one.</param>
/// <param name="Lease">How long to live without an answer of the controller, until its answers say otherwise.</param>
/// <param name="Token">The run's token, from the environment.</param>
/// <param name="ScheduledEvents">Where the machine is told what is about to be done to it; null where nobody tells.</param>
public sealed record WorkerArguments(
    string Run, string Data, string Worker, int Epoch, Uri Controller, IPEndPoint Listen, TimeSpan Lease, string Token, Uri? ScheduledEvents = null)
{
    /// <summary>The run's folder.</summary>
    public string RunFolder => Path.Combine(Data, "runs", Run);

    /// <summary>Its log.</summary>
    public string LogFile => Path.Combine(RunFolder, "logs", $"{Worker}-{Epoch}.log");

    /// <summary>Never tells the token.</summary>
    public override string ToString() => $"run {Run}, worker {Worker}, epoch {Epoch}, controller {Controller}";
}
