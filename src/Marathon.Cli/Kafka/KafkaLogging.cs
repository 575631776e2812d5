namespace Marathon.Cli.Kafka;

/// <summary>Logging of brokers to stdout: Kafka 4 reads Log4j 2, Kafka 3 reads Log4j 1.</summary>
internal static class KafkaLogging
{
    private const string Log4j2 = """
        status = error
        appender.stdout.type = Console
        appender.stdout.name = STDOUT
        appender.stdout.layout.type = PatternLayout
        appender.stdout.layout.pattern = [%d] %p %m (%c)%n
        rootLogger.level = INFO
        rootLogger.appenderRef.stdout.ref = STDOUT
        logger.config.name = org.apache.kafka.common.config.AbstractConfig
        logger.config.level = WARN
        """;

    private const string Log4j1 = """
        log4j.rootLogger=INFO, stdout
        log4j.appender.stdout=org.apache.log4j.ConsoleAppender
        log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
        log4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c)%n
        log4j.logger.kafka.server.KafkaConfig=WARN
        log4j.logger.org.apache.kafka.common.config.AbstractConfig=WARN
        """;

    /// <summary>Writes the configuration into the folder; the option of the Java command line that names it.</summary>
    public static async Task<string> WriteAsync(KafkaHome home, string folder, CancellationToken cancellationToken)
    {
        bool two = int.TryParse(home.Version.Split('.')[0], out int major) && major >= 4;
        string file = Path.Combine(folder, two ? "log4j2.properties" : "log4j.properties");
        await File.WriteAllTextAsync(file, two ? Log4j2 : Log4j1, cancellationToken);
        return two ? $"-Dlog4j2.configurationFile={file}" : $"-Dlog4j.configuration=file:{file}";
    }
}
