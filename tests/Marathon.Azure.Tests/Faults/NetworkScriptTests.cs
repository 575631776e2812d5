using Marathon.Azure.Faults;
using Marathon.Azure.Tests.Fakes;

namespace Marathon.Azure.Tests.Faults;

public sealed class NetworkScriptTests
{
    private const string Machine = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm";

    private static readonly VmFault s_partition = new(Machine, VmFaultKind.Partition) { Peers = ["127.0.0.2"] };

    private static readonly VmFault s_degrade = new(Machine, VmFaultKind.Degrade)
    {
        Peers = ["10.0.0.4"],
        Delay = TimeSpan.FromMilliseconds(120.5),
        LossPercent = 0.5,
    };

    [Fact]
    public async Task Scripts_are_sound_shell()
    {
        foreach (VmFault fault in new[] { s_partition, s_degrade })
        {
            foreach (string script in new[] { NetworkScript.Inject("f", fault), NetworkScript.Heal("f", fault) })
            {
                (int code, _, string error) = await Shell.RunAsync("/bin/sh", ["-n", "-c", script]);
                Assert.True(code == 0, error + script);
            }
        }
    }

    [Fact]
    public void A_degraded_network_delays_and_loses_packets_to_the_peers_alone()
    {
        string script = NetworkScript.Inject("f", s_degrade);
        Assert.Contains("netem delay 120.5ms loss 0.5%", script, StringComparison.Ordinal);
        Assert.Contains("match ip dst 10.0.0.4 flowid 1:4", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_platforms_addresses_are_let_through_before_anything_is_dropped()
    {
        string script = NetworkScript.Inject("f", s_partition with { Peers = ["0.0.0.0/0"] });
        int drop = script.IndexOf("DROP", StringComparison.Ordinal);
        foreach (string address in new[] { "168.63.129.16", "169.254.169.254" })
            Assert.InRange(script.LastIndexOf($"{address} -j RETURN", StringComparison.Ordinal), 0, drop);
    }

    [Fact]
    public void A_machine_mends_itself_after_the_time_that_was_given() =>
        Assert.Contains("--on-active=90 ", NetworkScript.Inject("f", s_partition with { AtMost = TimeSpan.FromSeconds(90) }), StringComparison.Ordinal);

    [Theory]
    [InlineData("1.2.3.4; rm -rf /")]
    [InlineData("$(reboot)")]
    [InlineData("10.0.0.0/33")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("1")]
    [InlineData("")]
    public void A_peer_that_is_no_address_is_refused(string peer)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => NetworkScript.Inject("f", s_partition with { Peers = [peer] }));
        Assert.Contains($"'{peer}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_that_would_do_nothing_or_everything_is_refused()
    {
        Assert.Throws<ArgumentException>(() => NetworkScript.Inject("f", s_partition with { Peers = [] }));
        Assert.Throws<ArgumentException>(() => NetworkScript.Inject("f", s_degrade with { Delay = TimeSpan.Zero, LossPercent = 0 }));
        Assert.Throws<ArgumentException>(() => NetworkScript.Inject("f", s_degrade with { LossPercent = double.NaN }));
        Assert.Throws<ArgumentException>(() => NetworkScript.Inject("f", s_degrade with { Delay = TimeSpan.FromHours(1) }));
    }

    [Fact]
    public void A_fault_id_never_reaches_the_shell() =>
        Assert.DoesNotContain("reboot", NetworkScript.Inject("f'; reboot; '", s_partition), StringComparison.Ordinal);

    /// <summary>In a network of its own the scripts cut a connection, twice, and mend it, twice.</summary>
    [ToolFact("root", "unshare", "iptables", "python3", "ip", "bash")]
    public async Task A_partition_really_cuts_the_peer_off_and_heals()
    {
        string folder = Directory.CreateTempSubdirectory("marathon-net").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "inject"), NetworkScript.Inject("f", s_partition));
        await File.WriteAllTextAsync(Path.Combine(folder, "heal"), NetworkScript.Heal("f", s_partition));
        const string Scenario = """
            set -eu
            ip link set lo up
            python3 -m http.server --bind 127.0.0.2 8099 >/dev/null 2>&1 & server=$!
            trap 'kill $server' EXIT
            reach() { python3 -c 'import socket; socket.create_connection(("127.0.0.2", 8099), 1).close()' 2>/dev/null; }
            for _ in $(seq 100); do reach && break; sleep 0.1; done
            reach || { echo "never reached"; exit 1; }
            sh "$1/inject"; sh "$1/inject"
            if reach; then echo "still reached"; exit 2; fi
            sh "$1/heal"; sh "$1/heal"
            reach || { echo "not healed"; exit 3; }
            [ -z "$(iptables -S | grep marathon)" ] || { echo "rules left"; exit 4; }
            """;
        (int code, string output, string error) = await Shell.RunAsync("unshare", ["--net", "bash", "-c", Scenario, "scenario", folder]);
        Assert.True(code == 0, output + error);
    }
}
