using System.Globalization;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>Why the balance of a wallet moved.</summary>
public enum WalletEntryKind
{
    Purchased,
    Granted,

    /// <summary>An invoice was paid.</summary>
    Spent,

    /// <summary>An invoice that it paid was voided.</summary>
    GivenBack,

    /// <summary>Somebody took credits away.</summary>
    Voided,

    /// <summary>A purchase was taken back for money, by a credit note on its invoice.</summary>
    Refunded,

    /// <summary>Credits were not used in time: breakage, which is income.</summary>
    Expired,

    /// <summary>The wallet ended with credits in it: breakage, which is income.</summary>
    Lost,
}

/// <summary>One movement of a wallet. Entries are added and never changed; they add up to the balance.</summary>
public sealed class WalletEntry
{
    private readonly List<WalletEntryPart> _parts = [];

    private WalletEntry()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>1, 2, 3 … within the wallet.</summary>
    public int Position { get; private init; }

    public Instant At { get; private init; }

    public WalletEntryKind Kind { get; private init; }

    /// <summary>The invoice or credit note it belongs to, or the reason somebody gave; null when there is none.</summary>
    public string? Reference { get; private init; }

    public Currency Currency { get; private init; } = null!;

    /// <summary>In minor units; positive came in, negative went out.</summary>
    public long AmountMinor { get; private init; }

    /// <summary>What all grants hold afterwards, also those that cannot be used yet.</summary>
    public long BalanceMinor { get; private init; }

    /// <summary>The number of credits that was moved, as it was asked for.</summary>
    public decimal Credits { get; private init; }

    /// <summary>Which grants it came from or went to, in order of use.</summary>
    public IReadOnlyList<WalletEntryPart> Parts => [.. _parts.OrderBy(part => part.Position)];

    public Money Amount => Money.OfMinor(AmountMinor, Currency);

    public Money Balance => Money.OfMinor(BalanceMinor, Currency);

    /// <summary>Whether customers lost what they could have used: income without a service.</summary>
    public bool IsBreakage => Kind is WalletEntryKind.Expired or WalletEntryKind.Lost;

    /// <summary>The movement as a sentence: how much, where from, what for, what is left.</summary>
    public string InWords()
    {
        var amount = Money.OfMinor(Math.Abs(AmountMinor), Currency);
        var credits = Credits.ToString("#,0.#####", CultureInfo.InvariantCulture);
        var reference = Reference is null ? "" : $" ({Reference})";
        var parts = string.Join(", ", Parts.Select(part => $"{Money.OfMinor(part.AmountMinor, Currency)} of grant {part.GrantInWords}"));
        return $"{Verb(Kind)} {amount} = {credits} credits{reference}: {parts}. The wallet holds {Balance}.";
    }

    internal static WalletEntry Of(
        int position, Instant at, WalletEntryKind kind, Conversion moved, IReadOnlyList<WalletEntryPart> parts, long balanceMinor,
            string? reference)
    {
        var sign = kind is WalletEntryKind.Purchased or WalletEntryKind.Granted or WalletEntryKind.GivenBack ? 1 : -1;
        var entry = new WalletEntry
        {
            Id = Guid.CreateVersion7(),
            Position = position,
            At = at,
            Kind = kind,
            Reference = Text.Optional(reference, "Reference"),
            Currency = moved.Money.Currency,
            AmountMinor = sign * moved.Money.MinorUnits,
            BalanceMinor = balanceMinor,
            Credits = moved.Credits,
        };
        entry._parts.AddRange(parts.Select((part, i) => part.At(i + 1)));
        return entry;
    }

    private static string Verb(WalletEntryKind kind) => kind switch
    {
        WalletEntryKind.Purchased => "Bought",
        WalletEntryKind.Granted => "Granted",
        WalletEntryKind.Spent => "Spent",
        WalletEntryKind.GivenBack => "Given back",
        WalletEntryKind.Voided => "Voided",
        WalletEntryKind.Refunded => "Refunded",
        WalletEntryKind.Expired => "Expired unused",
        _ => "Lost at the wallet's end",
    };
}

/// <summary>What a movement took from a grant, or gave to it.</summary>
public sealed class WalletEntryPart
{
    private WalletEntryPart()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>1, 2, 3 … in order of use.</summary>
    public int Position { get; private set; }

    public Guid GrantId { get; private init; }

    /// <summary>Such as "3 (granted)".</summary>
    public string GrantInWords { get; private init; } = null!;

    /// <summary>In minor units, more than zero.</summary>
    public long AmountMinor { get; private init; }

    internal WalletEntryPart At(int position)
    {
        Position = position;
        return this;
    }

    internal static WalletEntryPart Of(WalletGrant grant, long amountMinor) =>
        new() { Id = Guid.CreateVersion7(), GrantId = grant.Id, GrantInWords = grant.InWords(), AmountMinor = amountMinor };
}
