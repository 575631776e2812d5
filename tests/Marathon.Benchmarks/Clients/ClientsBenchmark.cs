using System.Globalization;

namespace Marathon.Benchmarks.Clients;

/// <summary>
/// Marathon's clients, which check every record, against Kafka's own performance tools, which check none: rounds on one broker
/// in which each takes its turn, the order changing from round to round.
/// </summary>
internal static class ClientsBenchmark
{
    private const int LeastRounds = 5;
    private const long WarmUpRecords = 50_000;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (Environment.GetEnvironmentVariable("MARATHON_KAFKA_HOMES")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) is not [var home, ..])
        {
            await Console.Error.WriteLineAsync("clients: set MARATHON_KAFKA_HOMES to a folder that has libs/*.jar of Apache Kafka");
            return 2;
        }

        if (!TryRead(arguments, out var records, out var count, out var file))
        {
            await Console.Error.WriteLineAsync($"usage: clients [records, default 300000] [rounds, {LeastRounds} or more] [file for JSON]");
            return 2;
        }

        var contestants = new Contestants(home);
        await using var broker = await BenchBroker.StartAsync(home);
        await RoundAsync(broker, contestants, "warm-up", WarmUpRecords, kafkaFirst: false);
        var rounds = new List<Round>();
        for (var i = 0; i < count; i++)
        {
            rounds.Add(await RoundAsync(broker, contestants, $"round-{i + 1}", records, kafkaFirst: i % 2 == 1));
            await Console.Error.WriteLineAsync($"round {i + 1} of {count}");
        }

        var report = new ClientsReport(rounds, records, home);
        report.Print(Console.Out);
        if (file is not null)
            await File.WriteAllTextAsync(file, report.ToJson());
        else
            Console.WriteLine(report.ToJson());
        return 0;
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out long records, out int rounds, out string? file)
    {
        (records, rounds, file) = (300_000, LeastRounds, arguments.Count > 2 ? arguments[2] : null);
        return arguments.Count <= 3
            && (arguments.Count < 1 || (long.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out records) && records > 0))
            && (arguments.Count < 2 || (int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds >= LeastRounds));
    }

    private static async Task<Round> RoundAsync(BenchBroker broker, Contestants contestants, string name, long records, bool kafkaFirst)
    {
        var ours = await broker.WithTopicAsync(name + "-marathon", records);
        var theirs = await broker.WithTopicAsync(name + "-kafka", records);
        var (marathonProduce, kafkaProduce) = await InTurnAsync(
            () => contestants.MarathonProduceAsync(ours), () => contestants.KafkaProduceAsync(theirs), kafkaFirst);
        await broker.DeleteAsync(theirs.Topic);
        var verifiable = await broker.WithTopicAsync(name + "-verifiable", records);
        var kafkaVerifiable = await contestants.KafkaVerifiableProduceAsync(verifiable);
        await broker.DeleteAsync(verifiable.Topic);

        // All read the same records.
        var (marathonConsume, kafkaConsume) = await InTurnAsync(
            () => contestants.MarathonConsumeAsync(ours), () => contestants.KafkaConsumeAsync(ours), kafkaFirst);
        var uncheckedConsume = await contestants.UncheckedConsumeAsync(ours);
        await broker.DeleteAsync(ours.Topic);
        return new Round(marathonProduce, kafkaProduce, marathonConsume, kafkaConsume, uncheckedConsume, kafkaVerifiable);
    }

    private static async Task<(Measurement First, Measurement Second)> InTurnAsync(Func<Task<Measurement>> first, Func<Task<Measurement>> second, bool swapped)
    {
        if (!swapped)
            return (await first(), await second());
        var later = await second();
        return (await first(), later);
    }
}
