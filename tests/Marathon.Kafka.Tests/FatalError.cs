using System.Diagnostics;
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
        Assert.Equal(0, Native()(handle.DangerousGetHandle(), (int)ErrorCode.OutOfOrderSequenceNumber, "raised by a test"));
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private delegate int RaiseFatalError(IntPtr client, int code, string reason);

    // The package brings several builds of the library; the one that is loaded depends on what else the machine has.
    private static RaiseFatalError Native()
    {
        using var process = Process.GetCurrentProcess();
        var loaded = process.Modules.Cast<ProcessModule>().First(module => module.ModuleName.Contains("librdkafka", StringComparison.Ordinal));
        return Marshal.GetDelegateForFunctionPointer<RaiseFatalError>(NativeLibrary.GetExport(NativeLibrary.Load(loaded.FileName), "rd_kafka_test_fatal_error"));
    }
}
