using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded.Replay;

internal sealed record EpisodeSettings(
    DurableTaskRegistry Registry,
    IServiceProvider Services,
    DataConverter Converter,
    ILoggerFactory LoggerFactory,
    TimeSpan MaximumTimerInterval,
    ILogger Logger);
