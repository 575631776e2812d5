using Confluent.Kafka;

namespace Marathon.Kafka.Admin;

/// <summary>Makes administrative requests again while their error is one that passes, and names the cluster when nobody answers.</summary>
internal sealed class AdminCalls(string bootstrapServers, TimeSpan reachableWithin, TimeSpan answerWithin, TimeProvider clock)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestQuestion = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);
    private bool _reached;

    /// <summary>How long one request may take, and all tries of it together.</summary>
    public TimeSpan RequestTimeout => _reached ? answerWithin : reachableWithin;

    /// <summary>
    /// How long one try of a question may take, which any broker can answer: the client library leaves a broker that hangs only
    /// once a request to it has timed out.
    /// </summary>
    public TimeSpan QuestionTimeout => RequestTimeout < s_longestQuestion ? RequestTimeout : s_longestQuestion;

    /// <param name="request">The request, for errors.</param>
    /// <param name="call">Makes it once.</param>
    /// <param name="passing">Errors of this request that pass, beside those that always do.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ClusterUnreachableException">No broker answered, or the client is of no use any more.</exception>
    /// <exception cref="KafkaAdminException">The cluster refused.</exception>
    public async Task<T> CallAsync<T>(
        string request, Func<Task<T>> call, IReadOnlySet<ErrorCode>? passing, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                // Results are completed on the client's own thread, which must go on to serve the others.
                var result = await call().WaitAsync(RequestTimeout + s_grace, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                _reached = true;
                return result;
            }
            catch (Exception error) when (error is ObjectDisposedException or TimeoutException)
            {
                // On what it does not expect, the library destroys its own handle, and leaves what is under way without an answer.
                throw new ClusterUnreachableException(bootstrapServers, clock.GetElapsedTime(started), $"the client gave up: {error.Message}", error);
            }
            catch (KafkaException error)
            {
                await Task.Yield();
                var code = CodeOf(error);
                _reached |= !IsSilence(code);
                var elapsed = clock.GetElapsedTime(started);
                if (elapsed < RequestTimeout && (IsSilence(code) || Passes(code) || passing?.Contains(code) == true))
                {
                    await Task.Delay(s_pause, clock, cancellationToken);
                    continue;
                }

                if (IsSilence(code))
                    throw new ClusterUnreachableException(bootstrapServers, elapsed, ReasonOf(error), error);
                throw new KafkaAdminException(request, code, ReasonOf(error), error);
            }
        }
    }

    // A broker that is gone from the metadata is taken off by the library, with whatever was asked of it.
    private static bool IsSilence(ErrorCode code) => code is ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown
        or ErrorCode.Local_DestroyBroker or ErrorCode.Local_TimedOut or ErrorCode.Local_TimedOutQueue or ErrorCode.Local_Resolve or ErrorCode.Local_WaitCoord;

    private static bool Passes(ErrorCode code) => code is ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition
        or ErrorCode.RequestTimedOut or ErrorCode.NetworkException or ErrorCode.NotController or ErrorCode.OffsetNotAvailable
        or ErrorCode.UnknownLeaderEpoch or ErrorCode.FencedLeaderEpoch or ErrorCode.KafkaStorageError or ErrorCode.ReplicaNotAvailable
        or ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.GroupLoadInProgress or ErrorCode.NotCoordinatorForGroup
        or ErrorCode.BrokerNotAvailable or ErrorCode.Local_WaitCache;

    private static ErrorCode CodeOf(KafkaException error) => FirstOf(error).Code;

    private static string ReasonOf(KafkaException error) => FirstOf(error).Reason;

    /// <summary>A request about several things fails as a whole; the reason is that of the first that failed.</summary>
    private static Error FirstOf(KafkaException error) => error switch
    {
        Confluent.Kafka.Admin.CreateTopicsException of => First(of.Results.Select(result => result.Error), error),
        Confluent.Kafka.Admin.DeleteTopicsException of => First(of.Results.Select(result => result.Error), error),
        Confluent.Kafka.Admin.DescribeTopicsException of => First(of.Results.TopicDescriptions.Select(topic => topic.Error), error),
        Confluent.Kafka.Admin.ListOffsetsException of =>
            First(of.Result.ResultInfos.Select(info => info.TopicPartitionOffsetError.Error), error),
        _ => error.Error,
    };

    private static Error First(IEnumerable<Error> errors, KafkaException whole) => errors.FirstOrDefault(error => error.IsError) ?? whole.Error;
}
