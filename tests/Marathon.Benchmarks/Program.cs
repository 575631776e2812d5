using Marathon.Benchmarks.Checker;
using Marathon.Benchmarks.Engine;

return args switch
{
    ["checker", .. var rest] => CheckerBenchmark.Run(rest),
    ["engine"] => await EngineBenchmark.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Marathon.Benchmarks checker [records, default 100000000] | engine");
    return 2;
}
