using System.Text.Json;
using Marathon.Configuration;

namespace Marathon.Tests.Configuration;

public sealed class ConfigSchemaTests
{
    private static readonly ConfigSchema Schema = ConfigSchema.Of(typeof(SampleConfig));

    [Fact]
    public void Bind_Nothing_GivesTheDefaults() => Assert.Equal(new SampleConfig().ToText(), Bind("{}").ToText());

    [Theory]
    [InlineData("""{"count": 7}""", "count", "7")]
    [InlineData("""{"count": "7"}""", "count", "7")]
    [InlineData("""{"count": 7.0}""", "count", "7")]
    [InlineData("""{"count": "1e1"}""", "count", "10")]
    [InlineData("""{"share": 0.25}""", "share", "0.25")]
    [InlineData("""{"size": "2KiB"}""", "size", "2048")]
    [InlineData("""{"bigSize": "3GiB"}""", "bigSize", "3221225472")]
    [InlineData("""{"length": "90s"}""", "length", "90s")]
    [InlineData("""{"length": 120}""", "length", "2m")]
    [InlineData("""{"rate": "max"}""", "rate", "max")]
    [InlineData("""{"rate": 12.5}""", "rate", "12.5")]
    [InlineData("""{"flag": true}""", "flag", "true")]
    [InlineData("""{"flag": "True"}""", "flag", "true")]
    [InlineData("""{"kind": "sunday"}""", "kind", "sunday")]
    [InlineData("""{"choice": "ALL"}""", "choice", "all")]
    [InlineData("""{"choice": 1}""", "choice", "1")]
    [InlineData("""{"name": 42}""", "name", "42")]
    [InlineData("""{"perhaps": 3}""", "perhaps", "3")]
    [InlineData("""{"extra.linger.ms": 5}""", "extra.linger.ms", "5")]
    [InlineData("""{"extra.a": "x=y"}""", "extra.a", "x=y")]
    public void Bind_Value_IsWhatDescribeTells(string json, string key, string value) =>
        Assert.Equal(value, ConfigField.Format(Schema.Describe(Bind(json)).Single(v => v.Key == key).Value));

    [Theory]
    [InlineData("""{"count": "many"}""", "count", "'many' is not understood")]
    [InlineData("""{"count": 1.5}""", "count", "'1.5' is not a whole number")]
    [InlineData("""{"count": 0}""", "count", "'0' is below the minimum of 1")]
    [InlineData("""{"count": 11}""", "count", "'11' is above the maximum of 10")]
    [InlineData("""{"count": 99999999999}""", "count", "'99999999999' is above the maximum of 10")]
    [InlineData("""{"count": 1e400}""", "count", "'1e400' is not understood")]
    [InlineData("""{"count": ""}""", "count", "'' is not understood")]
    [InlineData("""{"count": null}""", "count", "is null")]
    [InlineData("""{"count": [1]}""", "count", "is array")]
    [InlineData("""{"count": {"a": 1}}""", "count", "is object")]
    [InlineData("""{"count": true}""", "count", "'true' is not understood")]
    [InlineData("""{"size": "10GiB"}""", "size", "'10GiB' is above the maximum of 2147483647")]
    [InlineData("""{"size": "1.5 lightyears"}""", "size", "'1.5 lightyears' is not understood")]
    [InlineData("""{"length": "-1s"}""", "length", "'-1s' is below the minimum of 0")]
    [InlineData("""{"length": "1e300d"}""", "length", "'1e300d' is above the maximum of 10000000000")]
    [InlineData("""{"rate": 0}""", "rate", "'0' is below the minimum of 0.5")]
    [InlineData("""{"rate": "NaN"}""", "rate", "'NaN' is not understood")]
    [InlineData("""{"flag": 1}""", "flag", "'1' is not understood")]
    [InlineData("""{"kind": "someday"}""", "kind", "'someday' is not understood")]
    [InlineData("""{"choice": "2"}""", "choice", "'2' is not understood")]
    [InlineData("""{"extra.a": {"b": 1}}""", "extra.a", "is object")]
    [InlineData("""{"extra.a": null}""", "extra.a", "is null")]
    [InlineData("""{"extra.": 1}""", "extra.", "there is no such key")]
    [InlineData("""{"extra.*": 1}""", "extra.*", "there is no such key")]
    [InlineData("""{"Count": 1}""", "Count", "there is no such key")]
    [InlineData("""{"": 1}""", "", "there is no such key")]
    public void Bind_WrongValue_NamesFieldAndProblem(string json, string field, string problem)
    {
        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => Bind(json)).Errors);
        Assert.Equal(("config." + field, problem), (error.Field, error.Problem));
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void Bind_SeveralMistakes_NamesThemAll() => Assert.Equal(
        ["config.count", "config.length", "config.nope"],
        Assert.Throws<SpecException>(() => Bind("""{"count": 0, "length": "x", "nope": 1, "share": 0.5}""")).Errors.Select(e => e.Field));

    [Fact]
    public void Bind_LongText_IsNotRepeatedWhole()
    {
        string json = JsonSerializer.Serialize(new { count = new string('9', 100_000) + "x" });
        Assert.InRange(Assert.Throws<SpecException>(() => Bind(json)).Message.Length, 60, 300);
    }

    [Fact]
    public void Bind_WrongValue_SaysWhatItTakesAndItsDefault() => Assert.Equal(
        "give size (bytes, KiB, MiB, GiB); the default is 1024", Assert.Throws<SpecException>(() => Bind("""{"size": "x"}""")).Errors[0].Remedy);

    [Fact]
    public void Bind_Misspelling_SuggestsTheKey() => Assert.Equal(
        "did you mean 'length'?", Assert.Throws<SpecException>(() => Bind("""{"lenght": 1}""")).Errors[0].Remedy);

    [Fact]
    public void Bind_Twice_SharesNothing()
    {
        Bind("""{"extra.a": 1}""");
        Assert.Empty(Bind("{}").Extra);
    }

    [Fact]
    public void Fields_OfEveryKind_SayWhatTheyTake() => Assert.Equal(
        [
            ("count", "things"), ("share", "0 to 1"), ("size", "size (bytes, KiB, MiB, GiB)"), ("bigSize", "size (bytes, KiB, MiB, GiB)"),
            ("length", "duration (500ms, 30s, 5m, 2h, 7d)"), ("rate", "records/s, or max"), ("flag", "true or false"),
            ("kind", "one of sunday, monday, tuesday, wednesday, thursday, friday, saturday"), ("choice", "one of 0, 1, all"), ("name", "text"),
            ("perhaps", "number"), ("extra.*", "any property of Kafka's own"),
        ],
        Schema.Fields.Select(f => (f.Key, f.Takes)));

    private static SampleConfig Bind(string json) =>
        (SampleConfig)Schema.Bind(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!, "config.");

    private sealed record SampleConfig
    {
        [ConfigKey("count", "d", Unit = "things", Minimum = 1, Maximum = 10)]
        public int Count { get; set; } = 3;

        [ConfigKey("share", "d", Unit = "0 to 1", Minimum = 0, Maximum = 1)]
        public double Share { get; set; } = 0.5;

        [ConfigKey("size", "d", Unit = "bytes", Minimum = 1)]
        public int Size { get; set; } = 1_024;

        [ConfigKey("bigSize", "d", Unit = "bytes")]
        public long BigSize { get; set; }

        [ConfigKey("length", "d", Minimum = 0)]
        public TimeSpan Length { get; set; } = TimeSpan.FromSeconds(3);

        [ConfigKey("rate", "d", Unit = "records/s", Minimum = 0.5)]
        public Rate Rate { get; set; } = new(10);

        [ConfigKey("flag", "d")]
        public bool Flag { get; set; }

        [ConfigKey("kind", "d")]
        public DayOfWeek Kind { get; set; } = DayOfWeek.Friday;

        [ConfigKey("choice", "d", OneOf = ["0", "1", "all"])]
        public string Choice { get; set; } = "all";

        [ConfigKey("name", "d")]
        public string? Name { get; set; }

        [ConfigKey("perhaps", "d")]
        public int? Perhaps { get; set; }

        [ConfigKey("extra.*", "d")]
        public IDictionary<string, string> Extra { get; } = new SortedDictionary<string, string>();

        public string Unlisted { get; set; } = "";

        public string ToText() => string.Join(", ", Schema.Describe(this).Select(v => $"{v.Key}={v.Value}"));
    }
}
