using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>A wallet of a customer.</summary>
/// <param name="Balance">What can be used now.</param>
/// <param name="Pending">Bought and not paid yet.</param>
public sealed record WalletRow(
    WalletId Id, string Code, string Name, int Priority, string Pays, Money Balance, decimal Credits, Money Pending, bool IsLive);

/// <summary>Credits that came in at once.</summary>
public sealed record GrantRow(
    Guid Id, int Position, GrantKind Kind, GrantStatus Status, string? Name, int Priority, Money Amount, Money Left, Instant EffectiveAt,
    Instant? ExpiresAt, bool IsTaxed)
{
    /// <summary>The invoice that sells it; null for a gift.</summary>
    public PurchaseInvoice? Invoice { get; init; }

    /// <summary>Whether a person can say that it was paid.</summary>
    public bool AwaitsPayment => Status == GrantStatus.Pending && (Invoice is null || Invoice.Number is not null);
}

/// <summary>The invoice of a purchase.</summary>
/// <param name="Number">Null until it is issued.</param>
public sealed record PurchaseInvoice(InvoiceId Id, string? Number, InvoiceStatus Status, Money Total);

/// <summary>A movement of the ledger.</summary>
/// <param name="InWords">The movement as a sentence.</param>
public sealed record EntryRow(
    int Position, Instant At, WalletEntryKind Kind, string? Reference, Money Amount, Money Balance, bool IsBreakage, string InWords);

/// <summary>A wallet to look at or to edit.</summary>
/// <param name="Zone">The customer's, for days and moments.</param>
public sealed record WalletView(
    WalletRow Row, CustomerId CustomerId, string CustomerName, DateTimeZone Zone, CreditRate Rate, WalletDetails Details,
    Instant CreatedAt, Instant? TerminatedAt, IReadOnlyList<GrantRow> Grants, IReadOnlyList<EntryRow> Entries, int Revision)
{
    /// <summary>What tops it up by itself; those that live first.</summary>
    public IReadOnlyList<RuleRow> Rules { get; init; } = [];
}

/// <summary>A rule that tops a wallet up.</summary>
/// <param name="LastsDays">How many days its credits can be used; null when they do not expire.</param>
/// <param name="NextDay">When it fires next; null for a threshold, or one that has ended.</param>
/// <param name="Trouble">Why it could not last time; null when it could.</param>
/// <param name="Times">How often it fired.</param>
public sealed record RuleRow(
    WalletRuleId Id, TopUpRule Rule, int? LastsDays, string InWords, LocalDate? NextDay, Instant? EndedAt, string? Trouble, int Times,
    Instant? LastAt);
