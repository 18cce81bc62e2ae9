using BackOffice.Core.Common;

namespace BackOffice.Core.Invoices;

/// <summary>What pays an invoice before the customer does.</summary>
public enum SettlementKind
{
    CreditNote,
    Wallet,
}

/// <summary>Money that stands ready for an invoice. It is a payment, not a discount: tax stays as it is (EN 16931 BT-113).</summary>
/// <param name="Reference">The credit note's number, or the wallet's name.</param>
/// <param name="Available">The most it may pay here; zero or less pays nothing.</param>
public sealed record Settlement(SettlementKind Kind, string Reference, Money Available);

/// <summary>What a settlement pays of an invoice.</summary>
/// <param name="Amount">Above zero.</param>
public sealed record Settled(SettlementKind Kind, string Reference, Money Amount);
