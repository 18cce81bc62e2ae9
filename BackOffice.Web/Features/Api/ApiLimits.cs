using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using BackOffice.Core.Access;
using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>How fast each key is used, in this server.</summary>
public sealed class ApiLimits(ApiSettings settings) : IDisposable
{
    private static readonly Duration Noted = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<ApiKeyId, Instant> _used = [];
    private readonly PartitionedRateLimiter<ApiKeyId> _requests = PartitionedRateLimiter.Create<ApiKeyId, ApiKeyId>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * settings.RequestsPerSecond,
            TokensPerPeriod = Math.Max(1, settings.RequestsPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(settings.RequestsPerSecond < 10 ? 1_000 : 100),
            QueueLimit = 0,
        }));

    /// <summary>Counts a request of a key.</summary>
    /// <exception cref="ApiRefused">It has made more than it may.</exception>
    public void Spend(ApiKeyId key)
    {
        using var lease = _requests.AttemptAcquire(key);
        if (!lease.IsAcquired)
        {
            throw new ApiRefused(
                ApiFault.NotNow, "too_many_requests",
                $"This key made more than {settings.RequestsPerSecond} requests a second. Send events in batches, and this request later.")
            {
                RetryAfter = Duration.FromSeconds(1),
            };
        }
    }

    /// <summary>Whether it is time to write down that a key is used: once a minute is enough for people.</summary>
    public bool IsWorthNoting(ApiKeyId key, Instant now)
    {
        if (_used.TryGetValue(key, out var last) && now - last < Noted)
        {
            return false;
        }

        _used[key] = now;
        return true;
    }

    public void Dispose() => _requests.Dispose();
}
