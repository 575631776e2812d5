using Marathon.Durable.Embedded;

namespace Marathon.Controller.Tests.World;

/// <summary>What takes its time inside of an activity, on a virtual clock too.</summary>
internal static class VirtualWait
{
    public static async Task PassAsync(this TimeProvider time, TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
        {
            using IDisposable? parked = (time as VirtualTimeProvider)?.Park();
            await Task.Delay(duration, time);
        }
    }
}
