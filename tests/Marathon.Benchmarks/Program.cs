using Marathon.Benchmarks.Checker;
using Marathon.Benchmarks.Clients;
using Marathon.Benchmarks.Engine;
using Marathon.Benchmarks.Scale;

return args switch
{
    ["checker", .. var rest] => CheckerBenchmark.Run(rest),
    ["clients", .. var rest] => await ClientsBenchmark.RunAsync(rest),
    ["clients-one", var what, var servers, var topic, var records] =>
        await MarathonClient.RunAsync(what, new Workload(servers, topic, long.Parse(records, System.Globalization.CultureInfo.InvariantCulture))),
    ["engine"] => await EngineBenchmark.RunAsync(),
    ["engine-one", var database] => await EngineBenchmark.WaitToBeKilledAsync(database),
    ["scale", .. var workers] => await ScaleBenchmark.RunAsync(workers),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Marathon.Benchmarks checker [records, default 100000000] | engine | clients [records] [rounds] [file] | scale [workers]...");
    return 2;
}
