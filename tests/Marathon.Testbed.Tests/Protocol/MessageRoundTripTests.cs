using Marathon.Testbed.Protocol;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Protocol;

/// <summary>What one side writes the other side reads, in every version of every message.</summary>
public sealed class MessageRoundTripTests
{
    private const int Rounds = 20;

    public static TheoryData<string> Apis => [.. ApiCatalog.All.Select(spec => spec.Key.ToString())];

    [Theory]
    [MemberData(nameof(Apis))]
    public void WriteAndRead_OfRandomContents_GivesTheSameBytesAgain(string api)
    {
        var messages = RandomMessages.All.Where(each => each.Spec.Key.ToString() == api).ToArray();
        Assert.NotEmpty(messages);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        foreach (var (spec, type) in messages)
        {
            for (var version = spec.MinVersion; version <= spec.MaxVersion; version++)
            {
                for (var round = 0; round < Rounds; round++)
                {
                    var written = RandomMessages.Write(RandomMessages.Of(type, random), version, spec.IsFlexible(version));
                    var read = (IMessage)Activator.CreateInstance(type)!;
                    var reader = new WireReader(written, version, spec.IsFlexible(version));
                    try
                    {
                        reader.Struct(read);
                    }
                    catch (MalformedFrameException broken)
                    {
                        Assert.Fail($"{type.Name} v{version}, seed {seed}, round {round}: {broken.Message}");
                    }

                    Assert.True(reader.Remaining == 0, $"{type.Name} v{version}, seed {seed}, round {round}: {reader.Remaining} bytes were not read");
                    Assert.True(
                        written.AsSpan().SequenceEqual(RandomMessages.Write(read, version, spec.IsFlexible(version))),
                        $"{type.Name} v{version}, seed {seed}, round {round}: reads as something else");
                }
            }
        }
    }
}
