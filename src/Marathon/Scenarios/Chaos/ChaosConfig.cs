using Marathon.Configuration;
using Marathon.Faults;

namespace Marathon.Scenarios.Chaos;

/// <summary>Keys of chaos beside those of every load.</summary>
public sealed record ChaosConfig : WorkloadConfig
{
    // A fault adds about twenty rows to the history of its stage, which is to stay below a thousand.
    private const int MostFaults = 45;

    /// <summary>What is drawn from.</summary>
    [ConfigKey("faults", "Faults to draw from, with commas between: kill, pause, restart")]
    public string Faults { get; set; } = "kill,pause,restart";

    /// <summary>Whom they strike.</summary>
    [ConfigKey("role", "Whose broker is struck: the leader's or a follower's of a partition, or the first that lives")]
    public FaultRole Role { get; set; } = FaultRole.Leader;

    /// <summary>Whose leader or follower.</summary>
    [ConfigKey("partition", "Partition whose leader or follower is struck", Minimum = 0, Maximum = 9_999, DefaultText = "drawn for every fault")]
    public int? Partition { get; set; }

    /// <summary>How long a broker stays killed or paused.</summary>
    [ConfigKey("faultFor", "How long a broker stays killed or paused", Minimum = 0, Maximum = 86_400)]
    public TimeSpan FaultFor { get; set; } = TimeSpan.FromSeconds(8);

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

    // A restart is over at once.
    private TimeSpan ShortestCycle => Actions.Contains(FaultAction.Restart) ? CalmFor : CalmFor + FaultFor;

    /// <inheritdoc/>
    public override IEnumerable<SpecError> Contradictions()
    {
        foreach (SpecError error in base.Contradictions())
        {
            yield return error;
        }

        if (Actions.Count == 0 || Actions.Contains(null))
        {
            yield return new SpecError("config.faults", $"'{Faults}' is no list of faults", $"give one or more of {string.Join(", ", EnumText.Names(typeof(FaultAction)))}, with commas between");
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
