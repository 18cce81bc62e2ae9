using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>Whether the customer paid for a grant.</summary>
public enum GrantKind
{
    Purchased,
    Granted,
}

/// <summary>Whether a grant can be used.</summary>
public enum GrantStatus
{
    /// <summary>Bought and not paid yet.</summary>
    Pending,
    Settled,
    Failed,
}

/// <summary>What is asked for when a wallet is topped up.</summary>
/// <param name="Credits">More than zero; what is beyond five decimal places is cut off.</param>
/// <param name="Priority">0 to 255; the lowest is used first.</param>
/// <param name="EffectiveAt">When it can be used from; null at once.</param>
/// <param name="ExpiresAt">When it can be used no more; null when it does not expire.</param>
/// <param name="IgnoresLimits">Whether a purchase may be outside the wallet's limits.</param>
/// <param name="AwaitsPayment">Whether the invoice of a purchase stays hidden and without number until it is paid.</param>
public sealed record TopUp(
    GrantKind Kind, decimal Credits, string? Name = null, int Priority = 50, Instant? EffectiveAt = null, Instant? ExpiresAt = null,
    bool IgnoresLimits = false, bool AwaitsPayment = false);

/// <summary>Credits that came into a wallet at once, and what is left of them.</summary>
public sealed class WalletGrant
{
    private WalletGrant()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>1, 2, 3 … within the wallet.</summary>
    public int Position { get; private init; }

    public GrantKind Kind { get; private init; }

    public GrantStatus Status { get; private set; }

    /// <summary>What the customer sees; null when nobody named it.</summary>
    public string? Name { get; private init; }

    public int Priority { get; private init; }

    public Instant GrantedAt { get; private init; }

    public Instant EffectiveAt { get; private init; }

    public Instant? ExpiresAt { get; private init; }

    /// <summary>Whether tax was charged when it was bought; if so, spending it bears no tax again.</summary>
    public bool IsTaxed { get; private init; }

    public bool AwaitsPayment { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public long AmountMinor { get; private init; }

    /// <summary>In minor units; never below zero and never more than the amount.</summary>
    public long LeftMinor { get; private set; }

    public Money Amount => Money.OfMinor(AmountMinor, Currency);

    public Money Left => Money.OfMinor(LeftMinor, Currency);

    /// <summary>Its place in the order of use.</summary>
    public BurnKey Key => new(Priority, ExpiresAt, GrantedAt, Position);

    /// <summary>Whether the customer gets to see the invoice of a purchase, with its number: paid, or not waiting for that.</summary>
    public bool IsInvoiceIssued => Kind == GrantKind.Purchased && (Status == GrantStatus.Settled || !AwaitsPayment);

    public bool IsOpenAt(Instant moment) => Status == GrantStatus.Settled && EffectiveAt <= moment && !(ExpiresAt <= moment);

    /// <summary>How the ledger speaks of it, such as "3 (granted)".</summary>
    internal string InWords() => $"{Position} ({(Kind == GrantKind.Purchased ? "purchased" : "granted")})";

    internal static WalletGrant Of(int position, TopUp topUp, Money amount, bool isTaxed, Instant now)
    {
        var effective = topUp.EffectiveAt ?? now;
        if (topUp.Priority is < 0 or > 255)
        {
            throw new RuleBroken("The priority of a top-up is between 0 and 255.");
        }

        if (topUp.ExpiresAt <= effective)
        {
            throw new RuleBroken("Credits must not expire before they can be used.");
        }

        return new()
        {
            Id = Guid.CreateVersion7(),
            Position = position,
            Kind = topUp.Kind,
            Status = GrantStatus.Pending,
            Name = Text.Optional(topUp.Name, "Name"),
            Priority = topUp.Priority,
            GrantedAt = now,
            EffectiveAt = effective,
            ExpiresAt = topUp.ExpiresAt,
            IsTaxed = isTaxed && topUp.Kind == GrantKind.Purchased,
            AwaitsPayment = topUp.AwaitsPayment && topUp.Kind == GrantKind.Purchased,
            Currency = amount.Currency,
            AmountMinor = amount.MinorUnits,
        };
    }

    internal void Settle() => (Status, LeftMinor) = (GrantStatus.Settled, AmountMinor);

    internal void Fail() => Status = GrantStatus.Failed;

    internal void Take(long minor) => LeftMinor = minor >= 0 && minor <= LeftMinor
        ? LeftMinor - minor
        : throw new InvalidOperationException($"Grant {Position} holds {LeftMinor}, so {minor} cannot be taken from it.");

    internal void GiveBack(long minor) => LeftMinor = minor >= 0 && LeftMinor + minor <= AmountMinor
        ? LeftMinor + minor
        : throw new InvalidOperationException($"Grant {Position} was {AmountMinor}, so {minor} cannot be given back to it.");
}
