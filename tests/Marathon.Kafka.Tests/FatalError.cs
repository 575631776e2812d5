using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Marathon.Kafka.Producing;

namespace Marathon.Kafka.Tests;

/// <summary>Makes the native client of a load's producer end as after a fatal error: the library's own way to test for it.</summary>
internal static class FatalError
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    public static void Raise(KafkaLoad load)
    {
        var producers = (List<KafkaProducer>)typeof(KafkaLoad).GetField("_producers", Hidden)!.GetValue(load)!;
        var client = (IClient)typeof(KafkaProducer).GetField("_client", Hidden)!.GetValue(producers[0])!;
        var handle = (SafeHandle)typeof(Handle).GetProperty("LibrdkafkaHandle", Hidden)!.GetValue(client.Handle)!;
        Assert.Equal(0, RaiseNative(handle.DangerousGetHandle(), (int)ErrorCode.OutOfOrderSequenceNumber, "raised by a test"));
    }

    [DllImport("librdkafka", EntryPoint = "rd_kafka_test_fatal_error", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int RaiseNative(IntPtr client, int code, string reason);
}
