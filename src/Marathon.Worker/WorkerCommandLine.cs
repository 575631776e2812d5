using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Marathon.Workers;

namespace Marathon.Worker;

/// <summary>The worker's command line.</summary>
public static partial class WorkerCommandLine
{
    private static readonly Option<string> s_run = Name("--run", "Id of the run");
    private static readonly Option<string> s_data = new("--data") { Description = "Data folder", Required = true };
    private static readonly Option<string> s_worker = Name("--worker", "Id of the worker");

    private static readonly Option<int> s_epoch = new("--epoch")
    {
        Description = "Which life of the worker, from 1",
        Required = true,
        CustomParser = result => int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch >= 1
            ? epoch
            : Refuse<int>(result, "is not a whole number from 1"),
    };

    private static readonly Option<Uri> s_controller = new("--controller")
    {
        Description = "Base address of the controller: https, or http on this machine alone",
        Required = true,
        CustomParser = result => ControllerAddress(result, HttpAddress(result, Text(result), "http://127.0.0.1:7071")),
    };

    private static readonly Option<IPEndPoint> s_listen = new("--listen")
    {
        Description = "Address and port for commands; port 0 is any free one. Beyond loopback it speaks HTTPS with a certificate of its own",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 0),
        CustomParser = result => IPEndPoint.TryParse(Text(result), out var listen) && !listen.Address.Equals(IPAddress.Any) && !listen.Address.Equals(IPAddress.IPv6Any)
            ? listen
            : Refuse<IPEndPoint>(result, "is not one address and port; say, 127.0.0.1:0"),
    };

    private static readonly Option<TimeSpan> s_lease = new("--lease-timeout")
    {
        Description = "How long to live without an answer of the controller: 60s, 5m",
        DefaultValueFactory = _ => WorkerProtocol.DefaultLease,
        CustomParser = result => TryDuration(Text(result), out var lease)
            ? lease
            : Refuse<TimeSpan>(result, "is not a duration of a second or more; say, 60s"),
    };

    private static readonly Option<Uri?> s_scheduledEvents = new("--scheduled-events")
    {
        Description = "Base address of the machine's metadata service, on Azure http://169.254.169.254/: the worker hands over when its machine is to be taken away",
        CustomParser = result => HttpAddress(result, Text(result).TrimEnd('/') + "/", "http://169.254.169.254/"),
    };

    /// <summary>Reads the arguments. Null, with what is wrong on <paramref name="error"/>, when they cannot be used.</summary>
    public static WorkerArguments? Parse(IReadOnlyList<string> args, Func<string, string?> environment, TextWriter error)
    {
        var command = new RootCommand("Marathon's worker: holds the clients of one run. The controller starts it.")
        {
            s_run, s_data, s_worker, s_epoch, s_controller, s_listen, s_lease, s_scheduledEvents,
        };
        var result = command.Parse(args);
        var problems = result.Errors.Select(problem => problem.Message).ToList();
        var token = environment(WorkerProtocol.TokenVariable);
        if (string.IsNullOrWhiteSpace(token))
            problems.Add($"the environment variable {WorkerProtocol.TokenVariable} is missing: it hands over the run's token");
        if (problems.Count > 0)
        {
            foreach (var problem in problems)
                error.WriteLine($"Marathon.Worker: {problem}");
            return null;
        }

        return new WorkerArguments(
            result.GetRequiredValue(s_run),
            Path.GetFullPath(result.GetRequiredValue(s_data)),
            result.GetRequiredValue(s_worker),
            result.GetRequiredValue(s_epoch),
            result.GetRequiredValue(s_controller),
            result.GetRequiredValue(s_listen),
            result.GetRequiredValue(s_lease),
            token!,
            result.GetValue(s_scheduledEvents));
    }

    /// <summary>Ids become names of files, so they may not hold anything that a path gives a meaning.</summary>
    private static Option<string> Name(string option, string description) => new(option)
    {
        Description = description,
        Required = true,
        CustomParser = result => NamePattern().IsMatch(Text(result))
            ? Text(result)
            : Refuse<string>(result, "is not an id of 1 to 128 letters, digits, dots, dashes and underscores that begins with a letter or digit"),
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static Uri HttpAddress(ArgumentResult result, string text, string example) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri!
            : Refuse<Uri>(result, $"is not an http address; say, {example}");

    // The run's token goes there with every request.
    private static Uri ControllerAddress(ArgumentResult result, Uri? address) => address is { Scheme: "http", IsLoopback: false }
        ? Refuse<Uri>(result, "is plain http to another machine, and would tell the run's token to everybody between: give an https address")
        : address!;

    private static T Refuse<T>(ArgumentResult result, string why)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} '{Text(result)}' {why}");
        return default!;
    }

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        var match = DurationPattern().Match(text);
        var value = match.Success ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        duration = match.Groups[2].Value == "m" ? TimeSpan.FromMinutes(value) : TimeSpan.FromSeconds(value);
        return match.Success && duration >= TimeSpan.FromSeconds(1);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(\d{1,6}(?:\.\d{1,3})?)(s|m)\z")]
    private static partial Regex DurationPattern();
}
