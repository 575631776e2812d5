using Marathon.Worker;
using Marathon.Worker.Lifetime;

var arguments = WorkerCommandLine.Parse(args, Environment.GetEnvironmentVariable, Console.Error);
return arguments is null ? (int)WorkerEnd.BadArguments : await WorkerProcess.RunAsync(arguments);
