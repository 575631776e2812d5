using Marathon.Functions.Tests.Durable;

namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>Here the scenarios are played through the adapters, on the Durable Task SDK.</summary>
internal static class GoldenHosts
{
    // The reference is SDK 1.25, where such a waiter takes the next event. Orchestrators of ours keep one live waiter, so that either will do.
    private const string Waiter = "SDK 1.28 drops a waiter whose time is up, so that the next waiter gets its event";

    private const string Preserved = "the sidecar of this version drops what an orchestration sends to itself as it continues as new; its sources have that mended";

    private const string Case = "the sidecar compares ids without case", Missing = "the sidecar does not do it";

    /// <summary>Here the scenarios' timers run in real time, so that a busy machine may overtake what a client does between two of them.</summary>
    public static int Attempts => 5;

    /// <summary>What the scenarios assert of our engine beyond the reference; the reference's sidecar does otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Differs { get; } = new Dictionary<string, string>
    {
        ["argument_validation"] = "the sidecar takes ids with a leading @",
        ["continue_as_new_keeps_created_time_and_tags"] = "the sidecar gives each generation a time of creation of its own",
        ["continue_as_new_order_of_two_event_names"] = Preserved,
        ["continue_as_new_preserve_true_events_around_it_in_one_batch"] = Preserved,
        ["continue_as_new_preserves_buffered_events"] = Preserved,
        ["event_before_start"] = "the sidecar keeps events for ids that do not exist yet",
        ["event_new_waiter_on_top_of_timed_out_waiter"] = Waiter,
        ["event_timed_out_waiter_and_one_later_event"] = Waiter,
        ["event_timed_out_waiter_swallows_next"] = Waiter,
        ["history_and_list_ids"] = "the sidecar keeps no history",
        ["id_reuse_while_running_no_dedupe"] = "the sidecar replaces a running instance; Durable Functions refuses",
        ["instance_id_lookup_case"] = Case,
        ["orchestrator_rethrows_wrapped"] = "the SDK keeps the details of a failed task only where it is the outermost exception",
        ["purge_by_filter"] = "the sidecar breaks on a filter without a start",
        ["purge_parent_recursive_flag"] = Missing,
        ["query_filters"] = Case,
        ["restart_running"] = "the sidecar wraps the refusal in its transport's exception",
        ["rewind_failed_instance"] = Missing,
        ["start_at_future"] = Missing,
        ["terminate_recursive"] = Missing,
        ["very_large_input"] = "the transport refuses it with an exception of its own",
        ["wait_for_start_and_completion"] = "the sidecar waits for ids that do not exist",
    };

    public static IGoldenHost Create() => new SdkGoldenHost();
}
