using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>Credits a customer has, as a ledger of grants. It never falls below zero, and every movement is an entry.</summary>
/// <remarks>Whatever happens first books what has expired by then: the ledger is in order of time and adds up to the balance.</remarks>
public sealed class Wallet
{
    private readonly List<WalletGrant> _grants = [];
    private readonly List<WalletEntry> _entries = [];

    private Wallet()
    {
    }

    public WalletId Id { get; private init; }

    public CustomerId CustomerId { get; private init; }

    /// <summary>How files and people name the wallet; unique for the customer.</summary>
    public string Code { get; private init; } = null!;

    public string Name { get; private set; } = null!;

    public Currency Currency { get; private init; } = null!;

    /// <summary>What one credit is worth, in major units.</summary>
    public decimal MoneyPerCredit { get; private init; }

    public int Priority { get; private set; }

    public WalletScope Scope { get; private set; } = null!;

    public TopUpLimits Limits { get; private set; } = null!;

    public bool TaxesPurchases { get; private set; }

    public Instant CreatedAt { get; private init; }

    /// <summary>Null while it lives.</summary>
    public Instant? TerminatedAt { get; private set; }

    public CreditRate Rate => new(MoneyPerCredit, Currency);

    public IReadOnlyList<WalletGrant> Grants => [.. _grants.OrderBy(grant => grant.Position)];

    public IReadOnlyList<WalletEntry> Entries => [.. _entries.OrderBy(entry => entry.Position)];

    /// <summary>What all grants hold, also those that cannot be used yet: the sum of the entries.</summary>
    public Money Held => Money.OfMinor(_grants.Sum(grant => grant.LeftMinor), Currency);

    /// <summary>Bought and not paid yet.</summary>
    public Money Pending => Money.OfMinor(
        _grants.Where(grant => grant.Status == GrantStatus.Pending).Sum(grant => grant.AmountMinor), Currency);

    /// <exception cref="RuleBroken">A field is missing, malformed or out of bounds.</exception>
    public static Wallet Create(CustomerId customer, string code, CreditRate rate, WalletDetails details, Instant now)
    {
        var wallet = new Wallet
        {
            Id = WalletId.New(),
            CustomerId = customer,
            Code = Common.Code.Check(code, "Wallet code"),
            Currency = rate.Currency,
            MoneyPerCredit = rate.MoneyPerCredit,
            CreatedAt = now,
        };
        wallet.Edit(details);
        return wallet;
    }

    /// <summary>Changes what applies from now on; credits that are there keep how they were taxed.</summary>
    /// <exception cref="RuleBroken">A field is missing or out of bounds, or a limit has another currency.</exception>
    public void Edit(WalletDetails details)
    {
        if (details.Priority is < 1 or > 50)
        {
            throw new RuleBroken("The priority of a wallet is between 1 and 50; the lowest number pays first.");
        }

        if ((details.Limits.Least ?? details.Limits.Most) is { } limit && limit.Currency != Currency)
        {
            throw new RuleBroken($"The limits are in {limit.Currency}, the wallet in {Currency}.");
        }

        (Name, Priority, Scope) = (Text.Required(details.Name, "Name"), details.Priority, details.Scope);
        (Limits, TaxesPurchases) = (details.Limits, details.TaxesPurchases);
    }

    /// <summary>What can be used at a moment; never below zero.</summary>
    public Money BalanceAt(Instant moment) =>
        Money.OfMinor(_grants.Where(grant => grant.IsOpenAt(moment)).Sum(grant => grant.LeftMinor), Currency);

    /// <summary>The same in credits, with five decimal places.</summary>
    public decimal CreditsAt(Instant moment) => Rate.CreditsFor(BalanceAt(moment));

    /// <summary>The wallet as an invoice of that moment meets it; asking spends nothing.</summary>
    /// <param name="refillsItself">Whether a threshold rule tops it up.</param>
    public WalletInHand InHand(Instant moment, bool refillsItself = false) =>
        new(Code, Priority, BalanceAt(moment), Scope, refillsItself)
        {
            Id = Id.Value,
            Taxed = Money.OfMinor(_grants.Where(grant => grant.IsTaxed && grant.IsOpenAt(moment)).Sum(grant => grant.LeftMinor), Currency),
        };

    /// <summary>Adds credits: granted ones can be used at once, bought ones when they are paid.</summary>
    /// <exception cref="RuleBroken">Nothing is added, a purchase is outside the limits, or the wallet has ended.</exception>
    public WalletGrant Add(TopUp topUp, Instant now)
    {
        RequireLife();
        ExpireThrough(now);
        var bought = Rate.Bought(topUp.Credits);
        if (bought.Money.MinorUnits == 0)
        {
            throw new RuleBroken("A top-up is more than zero.");
        }

        if (topUp is { Kind: GrantKind.Purchased, IgnoresLimits: false })
        {
            Limits.Require(bought.Money);
        }

        var grant = WalletGrant.Of(_grants.Count + 1, topUp, bought.Money, TaxesPurchases, now);
        _grants.Add(grant);
        if (grant.Kind == GrantKind.Granted)
        {
            Settle(grant, WalletEntryKind.Granted, now);
        }

        return grant;
    }

    /// <summary>A purchase was paid: its credits are there.</summary>
    /// <param name="invoice">The number of the invoice that sold them; null for purchases without one.</param>
    /// <exception cref="RuleBroken">There is no such pending purchase, or the wallet has ended.</exception>
    public void Paid(Guid grantId, Instant now, string? invoice = null)
    {
        RequireLife();
        ExpireThrough(now);
        Settle(PendingGrant(grantId), WalletEntryKind.Purchased, now, invoice);
    }

    /// <summary>The payment of a purchase failed for good: its credits will not come.</summary>
    /// <exception cref="RuleBroken">There is no such pending purchase.</exception>
    public void PaymentFailed(Guid grantId) => PendingGrant(grantId).Fail();

    /// <summary>Pays a part of an invoice.</summary>
    /// <param name="isTaxed">Only with credits that bore tax when they were bought, or only with the others; null with all.</param>
    /// <exception cref="RuleBroken">The wallet holds less of them, or it has ended.</exception>
    public WalletEntry Spend(Money amount, string invoice, Instant now, bool? isTaxed = null) =>
        TakeOut(WalletEntryKind.Spent, new(Rate.CreditsFor(amount), amount), invoice, now, isTaxed);

    /// <summary>Takes credits away without a service.</summary>
    /// <exception cref="RuleBroken">The wallet holds less, or it has ended.</exception>
    public WalletEntry Void(decimal credits, string? reason, Instant now) =>
        TakeOut(WalletEntryKind.Voided, Rate.Voided(credits), reason, now);

    /// <summary>Takes back what a credit note on the invoice of a purchase refunds.</summary>
    /// <exception cref="RuleBroken">Less is left of that purchase, or the wallet has ended.</exception>
    public WalletEntry Refund(Guid grantId, Money amount, string creditNote, Instant now)
    {
        RequireLife();
        ExpireThrough(now);
        var grant = _grants.SingleOrDefault(grant => grant.Id == grantId && grant.Kind == GrantKind.Purchased)
            ?? throw new RuleBroken("Only credits that were bought can be refunded.");
        if (amount.Currency != Currency || amount.MinorUnits <= 0 || amount.MinorUnits > grant.LeftMinor)
        {
            throw new RuleBroken($"{grant.Left} are left of that purchase; {amount} cannot be refunded.");
        }

        grant.Take(amount.MinorUnits);
        var part = WalletEntryPart.Of(grant, amount.MinorUnits);
        return Book(WalletEntryKind.Refunded, new(Rate.CreditsFor(amount), amount), [part], creditNote, now);
    }

    /// <summary>Whether an invoice that it paid can be given back; a wallet that has ended takes nothing back.</summary>
    public bool TakesBack => TerminatedAt is null;

    /// <summary>An invoice that it paid is voided: every grant gets back what it gave, and loses at once what expired since.</summary>
    /// <exception cref="RuleBroken">The wallet has ended, or it did not pay that invoice, or gave it back already.</exception>
    public WalletEntry GiveBack(string invoice, Instant now)
    {
        RequireLife();
        var spent = _entries.Where(entry => entry.Kind == WalletEntryKind.Spent && entry.Reference == invoice).ToList();
        var back = _entries.Count(entry => entry.Kind == WalletEntryKind.GivenBack && entry.Reference == invoice);
        if (spent.Count == 0 || back > 0)
        {
            throw new RuleBroken($"Wallet {Code} has nothing to take back from {invoice}.");
        }

        ExpireThrough(now);
        var parts = spent.SelectMany(entry => entry.Parts).ToList();
        foreach (var part in parts)
        {
            _grants.Single(grant => grant.Id == part.GrantId).GiveBack(part.AmountMinor);
        }

        var amount = Money.OfMinor(parts.Sum(part => part.AmountMinor), Currency);
        var copies = parts.Select(part => WalletEntryPart.Of(_grants.Single(grant => grant.Id == part.GrantId), part.AmountMinor)).ToList();
        var entry = Book(WalletEntryKind.GivenBack, new(Rate.CreditsFor(amount), amount), copies, invoice, now);
        ExpireThrough(now);
        return entry;
    }

    /// <summary>Books as breakage what could not be used in time. Doing it twice books nothing more.</summary>
    public void ExpireThrough(Instant now)
    {
        foreach (var grant in _grants.Where(grant => grant.LeftMinor > 0 && grant.ExpiresAt <= now)
                     .OrderBy(grant => grant.ExpiresAt).ThenBy(grant => grant.Position).ToList())
        {
            var left = grant.Left;
            grant.Take(left.MinorUnits);
            var at = Instant.Max(grant.ExpiresAt!.Value, _entries.Max(entry => entry.At));
            Book(WalletEntryKind.Expired, new(Rate.CreditsFor(left), left), [WalletEntryPart.Of(grant, left.MinorUnits)], null, at);
        }
    }

    /// <summary>Ends the wallet: what it holds is lost and booked as breakage; purchases that are not paid will not come.</summary>
    /// <exception cref="RuleBroken">It has ended already.</exception>
    public void Terminate(Instant now)
    {
        RequireLife();
        ExpireThrough(now);
        foreach (var pending in _grants.Where(grant => grant.Status == GrantStatus.Pending))
        {
            pending.Fail();
        }

        var lost = Held;
        if (lost.MinorUnits > 0)
        {
            var parts = Take(_grants.Where(grant => grant.LeftMinor > 0), lost.MinorUnits);
            Book(WalletEntryKind.Lost, new(Rate.CreditsFor(lost), lost), parts, null, now);
        }

        TerminatedAt = now;
    }

    private void Settle(WalletGrant grant, WalletEntryKind kind, Instant now, string? invoice = null)
    {
        grant.Settle();
        var (parts, reference) = (new[] { WalletEntryPart.Of(grant, grant.AmountMinor) }, invoice ?? grant.Name);
        Book(kind, new(Rate.CreditsFor(grant.Amount), grant.Amount), parts, reference, now);
        ExpireThrough(now);
    }

    private WalletEntry TakeOut(
        WalletEntryKind kind, Conversion taken, string? reference, Instant now, bool? isTaxed = null)
    {
        RequireLife();
        ExpireThrough(now);
        var open = _grants.Where(grant => grant.IsOpenAt(now) && (isTaxed ?? grant.IsTaxed) == grant.IsTaxed).ToList();
        var balance = Money.OfMinor(open.Sum(grant => grant.LeftMinor), Currency);
        if (taken.Money.Currency != Currency || taken.Money.MinorUnits <= 0 || taken.Money.MinorUnits > balance.MinorUnits)
        {
            throw new RuleBroken($"Wallet {Code} holds {balance}; {taken.Money} cannot be taken from it.");
        }

        return Book(kind, taken, Take(open, taken.Money.MinorUnits), reference, now);
    }

    private static List<WalletEntryPart> Take(IEnumerable<WalletGrant> grants, long minor)
    {
        var parts = new List<WalletEntryPart>();
        foreach (var grant in grants.Where(grant => grant.LeftMinor > 0).OrderBy(grant => grant.Key).ToList())
        {
            var taken = Math.Min(minor, grant.LeftMinor);
            if (taken > 0)
            {
                grant.Take(taken);
                parts.Add(WalletEntryPart.Of(grant, taken));
                minor -= taken;
            }
        }

        return parts;
    }

    private WalletEntry Book(WalletEntryKind kind, Conversion moved, IReadOnlyList<WalletEntryPart> parts, string? reference, Instant at)
    {
        var entry = WalletEntry.Of(_entries.Count + 1, at, kind, moved, parts, Held.MinorUnits, reference);
        _entries.Add(entry);
        return entry;
    }

    private WalletGrant PendingGrant(Guid id) =>
        _grants.SingleOrDefault(grant => grant.Id == id && grant.Status == GrantStatus.Pending)
        ?? throw new RuleBroken("There is no purchase that waits for its payment.");

    private void RequireLife()
    {
        if (TerminatedAt is not null)
        {
            throw new RuleBroken($"Wallet {Code} has ended.");
        }
    }
}
