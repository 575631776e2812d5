using Marathon.Testbed.CommandLine;

return await TestbedCommand.RunAsync(args);
