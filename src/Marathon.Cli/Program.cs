return await Marathon.Cli.CommandLine.RunAsync(args, Marathon.Cli.Terminal.CommandConsole.Standard);
