using Marathon.Benchmarks.Checker;

return args switch
{
    ["checker", .. var rest] => CheckerBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Marathon.Benchmarks checker [records, default 100000000]");
    return 2;
}
