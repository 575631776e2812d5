using System.Net;

namespace Marathon.Worker.Lifetime;

/// <summary>
/// What a container's health check runs: asks the worker beside it how it is. Where that listens stands in the command line of
/// the container's first process.
/// </summary>
public static class HealthProbe
{
    /// <summary>The only argument.</summary>
    public const string Option = "--health";

    private static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(4);

    /// <summary>0 when the worker answers.</summary>
    /// <param name="commandLine">File with the worker's command line, its words ended by a zero each.</param>
    /// <param name="error">Why it is not well.</param>
    public static async Task<int> RunAsync(string commandLine, TextWriter error)
    {
        string[] words = (await File.ReadAllTextAsync(commandLine)).Split('\0');
        if (!IPEndPoint.TryParse(After(words, "--listen"), out IPEndPoint? listen) || listen.Port == 0)
        {
            await error.WriteLineAsync($"Marathon.Worker: {commandLine} is not the command line of a worker with an address and port to --listen on");
            return 1;
        }

        // Its certificate is of its own making: whether the worker answers is of interest, and nothing is told to it.
        string own = $"CN={After(words, "--worker")}";
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == own } })
        {
            Timeout = s_answersWithin,
        };
        string scheme = IPAddress.IsLoopback(listen.Address) ? "http" : "https";
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri($"{scheme}://{listen}/healthz"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"Marathon.Worker: {listen} does not answer: {problem.Message}");
            return 1;
        }
    }

    private static string After(string[] words, string option) =>
        Array.IndexOf(words, option) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : "";
}
