using System.Net;
using System.Text;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>An HTTP transport that answers what a function says.</summary>
public sealed class Answers(Func<HttpRequestMessage, string, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(string Method, Uri Url, string Body)> Requests { get; } = [];

    public static HttpResponseMessage Json(int status, string body = "") =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests)
        {
            Requests.Add((request.Method.Method, request.RequestUri!, body));
            HttpResponseMessage response = answer(request, body);
            response.RequestMessage = request;
            return response;
        }
    }
}
