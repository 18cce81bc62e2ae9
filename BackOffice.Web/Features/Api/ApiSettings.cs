using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>What programs may ask of this server; the section "Api" of the settings.</summary>
/// <param name="RequestsPerSecond">Of one key, on average; twice as many at once.</param>
/// <param name="QueuedEvents">How many events wait at most to be stored. What comes beyond is told to come again.</param>
/// <param name="Wait">How long a request waits at most until its events are stored.</param>
/// <param name="MaxBodyBytes">The largest body of one event or a batch.</param>
/// <param name="MaxStreamBytes">The largest stream.</param>
public sealed record ApiSettings(int RequestsPerSecond, int QueuedEvents, Duration Wait, long MaxBodyBytes, long MaxStreamBytes)
{
    /// <summary>How many events a batch has at most.</summary>
    public const int MaxBatch = 10_000;

    public static ApiSettings From(IConfiguration settings) => new(
        settings.GetValue("Api:RequestsPerSecond", 200), settings.GetValue("Api:QueuedEvents", 100_000),
        Duration.FromSeconds(settings.GetValue("Api:WaitSeconds", 20)),
        settings.GetValue("Api:MaxBodyBytes", 16L << 20), settings.GetValue("Api:MaxStreamBytes", 1L << 30));
}
