using Marathon.Worker;
using Marathon.Worker.Lifetime;

if (args is [HealthProbe.Option])
    return await HealthProbe.RunAsync("/proc/1/cmdline", Console.Error);
var arguments = WorkerCommandLine.Parse(args, Environment.GetEnvironmentVariable, Console.Error);
return arguments is null ? (int)WorkerEnd.BadArguments : await WorkerProcess.RunAsync(arguments);
