using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>A wallet of a customer.</summary>
/// <param name="Balance">What can be used now.</param>
/// <param name="Ongoing">The balance less what invoices that are not issued yet will take; may be negative.</param>
/// <param name="Pending">Bought and not paid yet.</param>
public sealed record WalletRow(
    WalletId Id, string Code, string Name, int Priority, string Pays, Money Balance, decimal Credits, Money Ongoing, Money Pending,
    bool IsLive);

/// <summary>Credits that came in at once.</summary>
public sealed record GrantRow(
    Guid Id, int Position, GrantKind Kind, GrantStatus Status, string? Name, int Priority, Money Amount, Money Left, Instant EffectiveAt,
    Instant? ExpiresAt, bool IsTaxed);

/// <summary>A movement of the ledger.</summary>
/// <param name="InWords">The movement as a sentence.</param>
public sealed record EntryRow(
    int Position, Instant At, WalletEntryKind Kind, string? Reference, Money Amount, Money Balance, bool IsBreakage, string InWords);

/// <summary>A wallet to look at or to edit.</summary>
/// <param name="Zone">The customer's, for days and moments.</param>
public sealed record WalletView(
    WalletRow Row, CustomerId CustomerId, string CustomerName, DateTimeZone Zone, CreditRate Rate, WalletDetails Details,
    Instant CreatedAt, Instant? TerminatedAt, IReadOnlyList<GrantRow> Grants, IReadOnlyList<EntryRow> Entries, int Revision);
