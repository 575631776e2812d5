using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>Runs as one flat array: first, last, first offset, last offset, missing; and the next run.</summary>
public sealed class SequenceRunsJsonConverter : JsonConverter<IReadOnlyList<SequenceRun>>
{
    private const int Fields = 5;

    /// <inheritdoc/>
    public override IReadOnlyList<SequenceRun> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Parse(FlatArray.Read(ref reader));
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<SequenceRun> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var run in value)
        {
            writer.WriteNumberValue(run.First);
            writer.WriteNumberValue(run.Last);
            writer.WriteNumberValue(run.FirstOffset);
            writer.WriteNumberValue(run.LastOffset);
            writer.WriteNumberValue(run.Missing);
        }

        writer.WriteEndArray();
    }

    private static SequenceRun[] Parse(ReadOnlySpan<long> numbers)
    {
        if (numbers.Length % Fields != 0)
            throw new FormatException($"runs have {Fields} numbers each, there are {numbers.Length}");

        var runs = new SequenceRun[numbers.Length / Fields];
        for (var i = 0; i < runs.Length; i++)
        {
            var field = numbers.Slice(i * Fields, Fields);
            runs[i] = new SequenceRun(field[0], field[1], field[2], field[3], field[4]);
            if (field[0] < 0 || field[1] < field[0] || field[2] < 0 || field[3] < 0 || field[4] < 0 || field[4] > field[1] - field[0]
                || (i > 0 && field[0] <= runs[i - 1].Last))
            {
                throw new FormatException($"run {i} is no run of sequences above the one before: {runs[i]}");
            }
        }

        return runs;
    }
}
