using Marathon.Testbed.Control;
using Marathon.Testbed.Lies;
using Marathon.Testbed.Net;
using Marathon.Testbed.Storage;
using Marathon.Testbed.Telemetry;

namespace Marathon.Testbed.Cluster;

/// <summary>What the brokers of a cluster share: the machine's memory and network, and the log of the controllers' quorum.</summary>
internal sealed record ClusterResources(
    TestbedOptions Options, ClusterNetwork Network, Controller Controller, EventTimeline Timeline, ChunkStore Chunks, ReceiveBudget Receive,
    LieSet Lies, ClusterMeter Meter);
