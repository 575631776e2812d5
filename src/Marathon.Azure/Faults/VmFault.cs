using System.Net;

namespace Marathon.Azure.Faults;

/// <summary>A fault of a virtual machine.</summary>
/// <param name="Machine">Its resource id.</param>
/// <param name="Kind">What is done to it.</param>
public sealed record VmFault(string Machine, VmFaultKind Kind)
{
    /// <summary>Addresses, or networks in prefix notation, that a network fault is about; at least one.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>Delay of each packet that leaves, for <see cref="VmFaultKind.Degrade"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Share of the packets that leave and are lost, in percent, for <see cref="VmFaultKind.Degrade"/>.</summary>
    public double LossPercent { get; init; }

    /// <summary>Resource id of the security group that a rule is added to, for <see cref="VmFaultKind.Block"/>.</summary>
    public string? SecurityGroup { get; init; }

    /// <summary>A network fault ends after so long, even if its controller is not left to heal it.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether it is about what passes between the machine and its peers.</summary>
    public bool IsOfTheNetwork => Kind is VmFaultKind.Degrade or VmFaultKind.Partition or VmFaultKind.Block;

    /// <exception cref="ArgumentException">Names what is wrong, and the remedy.</exception>
    internal void Check()
    {
        if (!IsOfTheNetwork) return;
        if (Peers.Count == 0) throw new ArgumentException($"{Kind}: name at least one peer; a machine cut off from everything could not be healed");
        foreach (string peer in Peers)
        {
            bool sound = peer.Contains('/', StringComparison.Ordinal) ? IPNetwork.TryParse(peer, out _) : IPAddress.TryParse(peer, out _);
            // IPAddress also takes 1 and 0x7f000001, which iptables does not.
            if (!sound || !peer.Contains('.', StringComparison.Ordinal) || peer.Contains(':', StringComparison.Ordinal))
                throw new ArgumentException($"peer '{peer}' is neither an IPv4 address nor a network: say 10.0.1.4 or 10.0.1.0/24");
        }
        if (AtMost < TimeSpan.FromSeconds(1) || AtMost > TimeSpan.FromHours(24)) throw new ArgumentException("atMost: from one second to 24 hours");
        if (Kind != VmFaultKind.Degrade) return;
        if (Delay < TimeSpan.Zero || Delay > TimeSpan.FromMinutes(1)) throw new ArgumentException("delay: up to one minute");
        if (LossPercent is not (>= 0 and <= 100)) throw new ArgumentException("lossPercent: 0 to 100");
        if (Delay == TimeSpan.Zero && LossPercent == 0) throw new ArgumentException("degrade: give a delay, a loss, or both");
    }
}
