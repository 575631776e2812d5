using Marathon.Configuration;
using Marathon.Runs;

namespace Marathon.Cli.Specs;

/// <summary>A run of a spec file, and where its keys are, for errors that are found later.</summary>
/// <param name="Spec">The run.</param>
/// <param name="Path">The file.</param>
/// <param name="Lines">Line by field, as errors name it: <c>config.partitions</c>, <c>lies</c>.</param>
public sealed record SpecEntry(RunSpec Spec, string Path, IReadOnlyDictionary<string, long> Lines)
{
    /// <summary>The same errors with file and line in front of their field.</summary>
    public SpecException Locate(SpecException e) => new([.. e.Errors.Select(Locate)]);

    private SpecError Locate(SpecError error) =>
        Lines.TryGetValue(error.Field, out long line) || Lines.TryGetValue(error.Field.Replace("config.slo.", "slo.", StringComparison.Ordinal), out line)
            ? error with { Field = $"{Path}:{line} {error.Field}" }
            : error;
}
