using Marathon.Controller.Load;
using Marathon.Workers.Load;

namespace Marathon.Controller.Tests.Load;

public sealed class LoadPlannerTests
{
    [Fact]
    public void Blocks_of_incarnations_never_overlap_and_are_never_zero()
    {
        HashSet<long> blocks = [];
        foreach (int attempt in new[] { 1, 2, 31 })
        {
            foreach (int worker in new[] { 0, 1, 49, 999 })
            {
                foreach (int epoch in new[] { 1, 2, 300 })
                {
                    foreach (int producer in new[] { 0, 1, 999 })
                    {
                        long first = LoadPlanner.FirstIncarnation(attempt, worker, epoch, producer);
                        Assert.True(first > 0);
                        Assert.Equal(0, first % ProducerSpec.IncarnationsPerLife);
                        Assert.True(blocks.Add(first));
                    }
                }
            }
        }
    }

    [Fact]
    public void An_incarnation_beyond_the_fields_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPlanner.FirstIncarnation(32, 0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPlanner.FirstIncarnation(1, 0, 1 << 14, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadPlanner.FirstIncarnation(1, 0, 1, 1 << 10));
    }
}
