using Marathon.Configuration;
using Marathon.Faults;

namespace Marathon.Scenarios.Chaos;

/// <summary>Keys of chaos beside those of every load.</summary>
public sealed record ChaosConfig : WorkloadConfig
{
    // A fault of a broker adds about twenty rows to the history of its stage, which is to stay below a thousand; one of a
    // machine is polled, and adds up to sixty.
    private const int MostFaultsOfBrokers = 45, MostFaultsOfMachines = 15;

    // A machine whose controller is gone mends its network so long after it should have been healed.
    private static readonly TimeSpan s_mendsAfter = TimeSpan.FromMinutes(10);

    /// <summary>What is drawn from.</summary>
    [ConfigKey("faults", "Faults to draw from, with commas between: of brokers kill, pause, restart; of machines (role worker) restart, power-off, redeploy, evict, partition, degrade, block")]
    public string Faults { get; set; } = "kill,pause,restart";

    /// <summary>Whom they strike.</summary>
    [ConfigKey("role", "Whom they strike: the broker that leads a partition or follows in it, the first broker that lives, or the machine of a worker")]
    public FaultRole Role { get; set; } = FaultRole.Leader;

    /// <summary>Whose leader or follower.</summary>
    [ConfigKey("partition", "Partition whose leader or follower is struck", Minimum = 0, Maximum = 9_999, DefaultText = "drawn for every fault")]
    public int? Partition { get; set; }

    /// <summary>How long a broker stays killed or paused.</summary>
    [ConfigKey("faultFor", "How long a broker stays killed or paused, a machine off or its network bad", Minimum = 0, Maximum = 86_400)]
    public TimeSpan FaultFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Delay of a degraded network.</summary>
    [ConfigKey("networkDelay", "Delay of what a machine with a degraded network sends to the brokers", Minimum = 0, Maximum = 60)]
    public TimeSpan NetworkDelay { get; set; } = NetworkFault.Default.Delay;

    /// <summary>Loss of a degraded network.</summary>
    [ConfigKey("networkLoss", "Packets that a machine with a degraded network loses, in percent", Minimum = 0, Maximum = 100)]
    public double NetworkLossPercent { get; set; } = NetworkFault.Default.LossPercent;

    /// <summary>Load between faults.</summary>
    [ConfigKey("calmFor", "Load before each fault, counted from when every replica is in sync again", Minimum = 0, Maximum = 86_400)]
    public TimeSpan CalmFor { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How long partitions may be without a leader.</summary>
    [ConfigKey("recoverWithin", "How long the partitions of a struck broker may be without a leader", Minimum = 0.001, Maximum = 86_400)]
    public TimeSpan RecoverWithin { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary><see cref="Faults"/>, one by one; null where a word is none.</summary>
    internal IReadOnlyList<FaultAction?> Actions =>
    [
        .. Faults.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => EnumText.TryParse(typeof(FaultAction), word, out object? action) ? (FaultAction?)action : null),
    ];

    /// <inheritdoc/>
    public override bool StrikesWorkers => Role == FaultRole.Worker;

    /// <summary>What a network fault is like.</summary>
    internal NetworkFault Network => new(NetworkDelay, NetworkLossPercent, FaultFor + s_mendsAfter);

    private int MostFaults => StrikesWorkers ? MostFaultsOfMachines : MostFaultsOfBrokers;

    // What heals itself is over at once.
    private TimeSpan ShortestCycle => Actions.Any(action => action is { } one && FaultSpec.Heals(one)) ? CalmFor : CalmFor + FaultFor;

    /// <inheritdoc/>
    public override IEnumerable<SpecError> Contradictions()
    {
        foreach (SpecError error in base.Contradictions())
        {
            yield return error;
        }

        IReadOnlyList<FaultAction> possible = FaultSpec.ActionsOn(Role);
        if (Actions.Count == 0 || Actions.Any(action => action is not { } one || !possible.Contains(one)))
        {
            string whose = StrikesWorkers ? "machines of workers" : "brokers";
            yield return new SpecError(
                "config.faults", $"'{Faults}' is no list of faults of {whose}", $"give one or more of {string.Join(", ", possible.Select(action => EnumText.Name(action)))}, with commas between");
        }

        if (Actions.Contains(FaultAction.Degrade) && NetworkDelay == TimeSpan.Zero && NetworkLossPercent == 0)
        {
            yield return new SpecError("config.networkDelay", "a degraded network without delay and loss is none", "raise networkDelay, networkLoss, or both");
        }

        if (Partition >= Partitions)
        {
            yield return new SpecError("config.partition", $"there is no partition {Partition}: the topic has {Partitions}, counted from 0", "give a lower one, or raise partitions");
        }

        if (CalmFor + FaultFor > Duration)
        {
            yield return new SpecError("config.calmFor", "calmFor and faultFor together are longer than duration: no fault would strike", "raise duration, or shorten them");
        }
        else if (Duration > MostFaults * ShortestCycle)
        {
            yield return new SpecError("config.calmFor", $"more than {MostFaults} faults would strike", "raise calmFor, or give the loop several runs");
        }
    }
}
