using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

public sealed class AnomalyCatalogTests
{
    [Fact]
    public void All_HoldsEveryKindUnderItsName()
    {
        Assert.Equal(31, AnomalyCatalog.All.Count);
        Assert.Equal(Enum.GetValues<AnomalyKind>().Order(), AnomalyCatalog.All.Select(definition => definition.Kind).Order());
        Assert.Equal("lost-acked-write", AnomalyCatalog.NameOf(AnomalyKind.LostAckedWrite));
        Assert.Equal("stuck-lso", AnomalyCatalog.NameOf(AnomalyKind.StuckLso));
        Assert.Equal("offset-for-time-mismatch", AnomalyCatalog.NameOf(AnomalyKind.OffsetForTimeMismatch));
        Assert.All(AnomalyCatalog.All, definition =>
        {
            Assert.True(AnomalyCatalog.TryParse(AnomalyCatalog.NameOf(definition.Kind), out var kind));
            Assert.Equal(definition.Kind, kind);
        });
        Assert.False(AnomalyCatalog.TryParse("Duplicate", out _));
    }

    [Theory]
    [InlineData(AnomalyKind.LogRegression, AnomalyKind.TransactionMixup)]
    [InlineData(AnomalyKind.EosBroken, AnomalyKind.TransactionMixup)]
    [InlineData(AnomalyKind.LostAckedWrite, AnomalyKind.TransactionMixup)]
    [InlineData(AnomalyKind.EarlyRetention, null)]
    [InlineData(AnomalyKind.StuckLso, null)]
    [InlineData(AnomalyKind.Duplicate, null)]
    public void RootOf_EverythingFound_IsTheFirstCause(AnomalyKind kind, AnomalyKind? root) =>
        Assert.Equal(root, AnomalyCatalog.RootOf(kind, Enum.GetValues<AnomalyKind>().ToHashSet()));

    [Theory]
    [InlineData(AnomalyKind.PollSkip, AnomalyKind.LogRegression)]
    [InlineData(AnomalyKind.LogRegression, AnomalyKind.LostAckedWrite)]
    [InlineData(AnomalyKind.TornTransaction, AnomalyKind.LostAckedWrite)]
    [InlineData(AnomalyKind.AbortedRead, AnomalyKind.TransactionMixup)]
    [InlineData(AnomalyKind.AbortedRead, AnomalyKind.UncommittedRead)]
    [InlineData(AnomalyKind.WriteCycle, AnomalyKind.UncommittedRead)]
    [InlineData(AnomalyKind.StuckMember, AnomalyKind.Unseen)]
    [InlineData(AnomalyKind.ConservationBroken, AnomalyKind.Corrupt)]
    public void RootOf_ConsequenceAndItsCause_IsTheCause(AnomalyKind kind, AnomalyKind root) =>
        Assert.Equal(root, AnomalyCatalog.RootOf(kind, new HashSet<AnomalyKind> { kind, root }));

    [Fact]
    public void RootOf_AnyKindsFound_EndsAtAKindThatWasFound()
    {
        var random = new Random(6);
        for (var i = 0; i < 2_000; i++)
        {
            var found = Enum.GetValues<AnomalyKind>().Where(_ => random.Next(3) == 0).ToHashSet();
            foreach (var kind in found)
            {
                if (AnomalyCatalog.RootOf(kind, found) is { } root)
                {
                    Assert.Contains(root, found);
                    Assert.Null(AnomalyCatalog.RootOf(root, found));
                }
            }
        }
    }

    [Fact]
    public void Judge_EveryKindInEveryRun_HasAnEffectAndAReason()
    {
        foreach (var guarantee in Enum.GetValues<Guarantee>())
        {
            foreach (var acks in Enum.GetValues<Acks>())
            {
                foreach (var protocol in new[] { 1, 2 })
                {
                    var facts = new SmallRun { Guarantee = guarantee, Acks = acks }.Facts() with { TransactionProtocol = protocol };
                    Assert.All(AnomalyCatalog.All, definition => Assert.NotEmpty(AnomalyPolicy.Judge(definition.Kind, facts).Why));
                }
            }
        }
    }

    [Theory]
    [InlineData(AnomalyKind.LostAckedWrite, Guarantee.AtLeastOnce, Acks.Leader, PolicyEffect.Violation)]
    [InlineData(AnomalyKind.LostAckedWrite, Guarantee.Idempotent, Acks.All, PolicyEffect.Violation)]
    [InlineData(AnomalyKind.Duplicate, Guarantee.AtMostOnce, Acks.None, PolicyEffect.Counted)]
    [InlineData(AnomalyKind.Duplicate, Guarantee.AtLeastOnce, Acks.All, PolicyEffect.Counted)]
    [InlineData(AnomalyKind.Duplicate, Guarantee.Idempotent, Acks.All, PolicyEffect.Violation)]
    [InlineData(AnomalyKind.Reorder, Guarantee.AtLeastOnce, Acks.All, PolicyEffect.Counted)]
    [InlineData(AnomalyKind.Reorder, Guarantee.ExactlyOnce, Acks.All, PolicyEffect.Violation)]
    [InlineData(AnomalyKind.RealtimeOrder, Guarantee.AtLeastOnce, Acks.Leader, PolicyEffect.Counted)]
    [InlineData(AnomalyKind.Unseen, Guarantee.Idempotent, Acks.All, PolicyEffect.Counted)]
    [InlineData(AnomalyKind.Corrupt, Guarantee.AtMostOnce, Acks.None, PolicyEffect.Violation)]
    [InlineData(AnomalyKind.EosBroken, Guarantee.Idempotent, Acks.All, PolicyEffect.Counted)]
    public void Judge_KindAndRun_HasThatEffect(AnomalyKind kind, Guarantee guarantee, Acks acks, PolicyEffect effect) =>
        Assert.Equal(effect, AnomalyPolicy.Judge(kind, new SmallRun { Guarantee = guarantee, Acks = acks }.Facts()).Effect);
}
