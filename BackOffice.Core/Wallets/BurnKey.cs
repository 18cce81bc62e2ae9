using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>The order in which grants are used: priority, then the soonest expiry, then the oldest.</summary>
/// <remarks>
/// One order for Lago's wallets (priority, then first in first out; no expiry of single top-ups) and OpenMeter's grants (priority, then
/// expiry,
/// then age): where no grant expires the two are the same.
/// </remarks>
/// <param name="Priority">The lowest number first.</param>
/// <param name="ExpiresAt">Null never expires and comes last.</param>
/// <param name="Position">Breaks ties: the order of granting.</param>
public readonly record struct BurnKey(int Priority, Instant? ExpiresAt, Instant GrantedAt, int Position) : IComparable<BurnKey>
{
    public int CompareTo(BurnKey other)
    {
        var order = Priority.CompareTo(other.Priority);
        order = order != 0 ? order : (ExpiresAt ?? Instant.MaxValue).CompareTo(other.ExpiresAt ?? Instant.MaxValue);
        order = order != 0 ? order : GrantedAt.CompareTo(other.GrantedAt);
        return order != 0 ? order : Position.CompareTo(other.Position);
    }

    public static bool operator <(BurnKey a, BurnKey b) => a.CompareTo(b) < 0;

    public static bool operator >(BurnKey a, BurnKey b) => a.CompareTo(b) > 0;

    public static bool operator <=(BurnKey a, BurnKey b) => a.CompareTo(b) <= 0;

    public static bool operator >=(BurnKey a, BurnKey b) => a.CompareTo(b) >= 0;
}
