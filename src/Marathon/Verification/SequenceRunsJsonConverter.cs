using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>
/// Runs as one flat array: first, last, first offset, last offset, missing; and the next run. Many runs are packed instead, into
/// base64: a fraction of the room, in what is sent every other second.
/// </summary>
public sealed class SequenceRunsJsonConverter : JsonConverter<IReadOnlyList<SequenceRun>>
{
    private const int Fields = 5, WorthPacking = 16;

    /// <inheritdoc/>
    public override IReadOnlyList<SequenceRun> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String
                ? Checked(PackedRuns.Unpack(reader.GetBytesFromBase64()))
                : Checked(Parse(FlatArray.Read(ref reader)));
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<SequenceRun> value, JsonSerializerOptions options)
    {
        if (value.Count >= WorthPacking)
        {
            writer.WriteBase64StringValue(PackedRuns.Pack([.. value]));
            return;
        }

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
        }

        return runs;
    }

    private static SequenceRun[] Checked(SequenceRun[] runs)
    {
        for (var i = 0; i < runs.Length; i++)
        {
            var run = runs[i];
            if (run.First < 0 || run.Last < run.First || run.FirstOffset < 0 || run.LastOffset < 0 || run.Missing < 0
                || run.Missing > run.Last - run.First || Math.Max(run.Last, Math.Max(run.FirstOffset, run.LastOffset)) > FlatArray.Largest
                || (i > 0 && run.First <= runs[i - 1].Last))
            {
                throw new FormatException($"run {i} is no run of sequences above the one before: {run}");
            }
        }

        return runs;
    }
}
