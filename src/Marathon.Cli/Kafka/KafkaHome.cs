using Marathon.Configuration;

namespace Marathon.Cli.Kafka;

/// <summary>The folder of an Apache Kafka distribution: only its <c>libs/*.jar</c> is looked at.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Version">From the name of the client's jar.</param>
public sealed record KafkaHome(string Folder, string Version)
{
    /// <summary>Colon-separated folders; the first serves where none is named.</summary>
    public const string Variable = "MARATHON_KAFKA_HOMES";

    private const string ClientJar = "kafka-clients-";
    private const string Remedy = "name the folder of an Apache Kafka distribution (https://kafka.apache.org/downloads), one that has libs/*.jar";

    /// <summary>Class path of everything in it.</summary>
    public string ClassPath => Path.Combine(Folder, "libs", "*");

    /// <summary>Reads a folder, or the first of the variable when none is given.</summary>
    /// <exception cref="SpecException">No folder, or not Kafka's.</exception>
    public static KafkaHome Find(string? folder)
    {
        string field = folder is null ? Variable : "kafkaHome";
        string? home = folder ?? Environment.GetEnvironmentVariable(Variable)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (home is null)
        {
            throw new SpecException("kafkaHome", "cluster kafka needs Kafka's jars and no folder is given", $"{Remedy}, with --kafka-home or {Variable}");
        }

        return TryRead(home) ?? throw new SpecException(field, $"'{home}' is no Kafka distribution", Remedy);
    }

    /// <summary>Null when there is no Kafka in it.</summary>
    public static KafkaHome? TryRead(string folder)
    {
        string libs = Path.Combine(folder, "libs");
        string? jar = Directory.Exists(libs)
            ? Directory.EnumerateFiles(libs, ClientJar + "*.jar").Select(Path.GetFileNameWithoutExtension).FirstOrDefault(n => char.IsDigit(n![ClientJar.Length]))
            : null;
        return jar is null ? null : new KafkaHome(Path.GetFullPath(folder), jar[ClientJar.Length..]);
    }
}
