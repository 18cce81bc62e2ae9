using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>One time that a rule topped its wallet up. It never changes; the database lets each occasion be there once.</summary>
public sealed class TopUpFiring
{
    private TopUpFiring()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>1, 2, 3 … within the rule.</summary>
    public int Position { get; private init; }

    /// <summary>The day of the grid, as 2026-03-31, or which crossing of the threshold.</summary>
    public string Occasion { get; private init; } = null!;

    public Instant At { get; private init; }

    /// <summary>The ongoing balance the rule saw, in credits; may be negative.</summary>
    public decimal OngoingCredits { get; private init; }

    /// <summary>The grant that was bought; null when none was.</summary>
    public Guid? Bought { get; private init; }

    /// <summary>The grant that was free; null when none was.</summary>
    public Guid? Granted { get; private init; }

    internal static TopUpFiring Of(int position, string occasion, decimal ongoingCredits, Guid? bought, Guid? granted, Instant at) => new()
    {
        Id = Guid.CreateVersion7(),
        Position = position,
        Occasion = occasion,
        At = at,
        OngoingCredits = ongoingCredits,
        Bought = bought,
        Granted = granted,
    };
}
