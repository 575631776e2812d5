using System.Net.Http.Headers;
using System.Text.Json;

namespace Marathon.Cli.Clusters;

/// <summary>Talks to the process that holds a local cluster.</summary>
internal sealed class ClusterControl : IDisposable
{
    private readonly HttpClient http;

    public ClusterControl(ControlFile file)
    {
        http = new HttpClient { BaseAddress = file.ControlUrl, Timeout = TimeSpan.FromMinutes(3) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", file.Key);
    }

    /// <summary>What its brokers are doing.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task<ClusterState> GetStateAsync(CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<ClusterState>("state", cancellationToken)
        ?? throw new HttpRequestException("the cluster's control API answered null");

    /// <summary>How often the cluster told each lie.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task<IReadOnlyList<ToldLie>> GetLiesAsync(CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<IReadOnlyList<ToldLie>>("lies", cancellationToken)
        ?? throw new HttpRequestException("the cluster's control API answered null");

    /// <summary>kill, pause, resume or restart; answers once it is so.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message says why.</exception>
    public async Task ActAsync(int broker, string action, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.PostAsync(new Uri($"brokers/{broker}/{action}", UriKind.Relative), content: null, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{action} of broker {broker} was refused: {await DetailAsync(answer, cancellationToken)}");
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string body = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using JsonDocument problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out JsonElement detail) ? detail.ToString() : body;
        }
        catch (JsonException)
        {
            return $"{(int)answer.StatusCode} {body}";
        }
    }
}
