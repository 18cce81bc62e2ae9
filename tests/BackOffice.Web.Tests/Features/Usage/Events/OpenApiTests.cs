using System.Net;
using System.Text;
using System.Text.Json;

namespace BackOffice.Web.Tests.Features.Usage.Events;

/// <summary>The description of the API is true: every address is there, and every example of a body is taken.</summary>
public sealed class OpenApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_is_there_and_every_example_is_taken()
    {
        await using var office = await ApiOffice.Open();
        using var stranger = office.Stranger();
        using var document = JsonDocument.Parse(await stranger.GetStringAsync("/api/v1/openapi.json", Cancel));
        using var client = office.Client();
        var taken = 0;
        foreach (var (path, method, operation) in document.RootElement.GetProperty("paths").EnumerateObject()
                     .SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Name, operation.Value))))
        {
            if (method == "get")
            {
                using var read = await client.GetAsync(path, Cancel);
                Assert.Equal(HttpStatusCode.OK, read.StatusCode);
                continue;
            }

            foreach (var kind in operation.GetProperty("requestBody").GetProperty("content").EnumerateObject())
            {
                foreach (var example in kind.Value.GetProperty("examples").EnumerateObject())
                {
                    var value = example.Value.GetProperty("value");
                    var text = (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())
                        .Replace("acme-pro", "SUB-1", StringComparison.Ordinal)
                        .Replace("2026-11-23", "2024-02-03", StringComparison.Ordinal)
                        .Replace("\"metric\": \"tokens\"", "\"metric\": \"calls\"", StringComparison.Ordinal);
                    using var body = new StringContent(text, Encoding.UTF8, kind.Name);
                    using var answer = await client.PostAsync(path, body, Cancel);
                    var told = await answer.Content.ReadAsStringAsync(Cancel);
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} {kind.Name} {example.Name}: {told}");
                    Assert.DoesNotContain("\"code\"", told, StringComparison.Ordinal);
                    taken++;
                }
            }
        }

        Assert.True(taken >= 8);
    }
}
