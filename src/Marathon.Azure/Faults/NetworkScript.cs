using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marathon.Azure.Faults;

/// <summary>
/// Writes the scripts that break a machine's network and mend it. Both may run twice. A timer on the machine mends it too, so
/// that a controller that is gone leaves no machine broken; the platform's own addresses are never touched, for the platform
/// reaches the machine by them.
/// </summary>
public static class NetworkScript
{
    private static readonly string[] s_chains = ["INPUT", "OUTPUT"];

    /// <summary>The script that brings a fault about.</summary>
    /// <exception cref="ArgumentException">The fault's values cannot be used.</exception>
    public static string Inject(string faultId, VmFault fault)
    {
        fault.Check();
        string name = Name(faultId);
        string heal = Convert.ToBase64String(Encoding.UTF8.GetBytes(Heal(faultId, fault)));
        string breakIt = fault.Kind == VmFaultKind.Partition ? Partition(name, fault) : Degrade(fault);
        return $"""
            set -eu
            printf %s {heal} | base64 -d >/run/{name}.heal
            if command -v systemd-run >/dev/null && [ -d /run/systemd/system ]; then
              systemctl stop {name}.timer 2>/dev/null || true
              systemd-run --quiet --collect --unit={name} --on-active={Seconds(fault.AtMost)} /bin/sh /run/{name}.heal
            fi
            {breakIt}
            """;
    }

    /// <summary>The script that ends it.</summary>
    public static string Heal(string faultId, VmFault fault)
    {
        fault.Check();
        string name = Name(faultId);
        string mend = fault.Kind == VmFaultKind.Partition
            ? string.Join('\n', s_chains.Select(chain => $"while iptables -w -D {chain} -j {name} 2>/dev/null; do :; done")) +
              $"\niptables -w -F {name} 2>/dev/null || true\niptables -w -X {name} 2>/dev/null || true"
            : $"{Device}\ntc qdisc del dev \"$dev\" root 2>/dev/null || true";
        return $"""
            set -eu
            {mend}
            rm -f /run/{name}.heal
            if command -v systemctl >/dev/null; then systemctl stop {name}.timer 2>/dev/null || true; fi
            """;
    }

    private const string Device = "dev=$(ip -4 route show default | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)";

    private static string Partition(string name, VmFault fault) =>
        $"iptables -w -N {name} 2>/dev/null || iptables -w -F {name}\n" +
        $"iptables -w -A {name} -d 168.63.129.16 -j RETURN\niptables -w -A {name} -s 168.63.129.16 -j RETURN\n" +
        $"iptables -w -A {name} -d 169.254.169.254 -j RETURN\niptables -w -A {name} -s 169.254.169.254 -j RETURN\n" +
        string.Concat(fault.Peers.Select(peer => $"iptables -w -A {name} -s {peer} -j DROP\niptables -w -A {name} -d {peer} -j DROP\n")) +
        string.Join('\n', s_chains.Select(chain => $"iptables -w -C {chain} -j {name} 2>/dev/null || iptables -w -I {chain} -j {name}"));

    /// <summary>Band 4 of the root queue is slow or leaky, and only packets to the peers go there.</summary>
    private static string Degrade(VmFault fault)
    {
        string delay = fault.Delay > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $" delay {fault.Delay.TotalMilliseconds:0.###}ms") : "";
        string loss = fault.LossPercent > 0 ? string.Create(CultureInfo.InvariantCulture, $" loss {fault.LossPercent:0.###}%") : "";
        return
            Device + "\n" +
            "tc qdisc del dev \"$dev\" root 2>/dev/null || true\n" +
            "tc qdisc add dev \"$dev\" root handle 1: prio bands 4 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 1\n" +
            $"tc qdisc add dev \"$dev\" parent 1:4 handle 40: netem{delay}{loss}\n" +
            string.Join('\n', fault.Peers.Select(peer => $"tc filter add dev \"$dev\" parent 1: protocol ip prio 1 u32 match ip dst {peer} flowid 1:4"));
    }

    /// <summary>A chain's name has 28 characters at most, and a fault's id may hold anything.</summary>
    private static string Name(string faultId) => "marathon-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(faultId)))[..12];

    private static long Seconds(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds);
}
