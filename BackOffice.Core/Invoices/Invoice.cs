using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Taxes;
using NodaTime;

namespace BackOffice.Core.Invoices;

public readonly record struct InvoiceId(Guid Value) : IId<InvoiceId>
{
    public static InvoiceId From(Guid value) => new(value);

    public static InvoiceId New() => new(Guid.CreateVersion7());
}

/// <summary>What we ask a customer to pay. A draft may be refreshed; once issued it is history.</summary>
public sealed class Invoice
{
    private readonly List<InvoiceLine> _lines = [];
    private readonly List<InvoiceTax> _taxes = [];
    private readonly List<Guid> _preparers = [];

    private Invoice() { }

    public InvoiceId Id { get; private init; }

    public CustomerId CustomerId { get; private init; }

    /// <summary>The run that made it.</summary>
    public Guid? RunId { get; private init; }

    /// <summary>The grant of credits that it sells, which come when it is paid; null for what subscriptions owe.</summary>
    public Guid? Purchase { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public LocalDate PeriodStart { get; private init; }

    /// <summary>The day after the last one that is billed.</summary>
    public LocalDate PeriodEnd { get; private init; }

    /// <summary>The moment its items fell due; null for documents from before, which were due at the end of their period.</summary>
    public Instant? DueAt { get; private init; }

    /// <summary>The zone in which the days of the period were counted.</summary>
    public string ZoneId { get; private init; } = null!;

    public InvoiceStatus Status { get; private set; }

    /// <summary>Null until issued.</summary>
    public string? Number { get; private set; }

    public LocalDate? IssuedOn { get; private set; }

    public LocalDate? DueOn { get; private set; }

    public int PaymentDays { get; private set; }

    public Party Seller { get; private set; } = null!;

    public Party Buyer { get; private set; } = null!;

    /// <summary>Printed under the totals; null when there is nothing to say.</summary>
    public string? TaxNote { get; private set; }

    public long SubtotalMinor { get; private set; }

    public long TaxMinor { get; private set; }

    public long TotalMinor { get; private set; }

    public long DiscountMinor { get; private set; }

    public long SettledMinor { get; private set; }

    /// <summary>What is taken off before tax. A draft only reserves it.</summary>
    public IReadOnlyList<LineDiscount> Discounts { get; private set; } = [];

    /// <summary>What credit notes and wallets pay. A draft only reserves it.</summary>
    public IReadOnlyList<Settled> Settlements { get; private set; } = [];

    public Person PreparedBy { get; private set; } = null!;

    public Instant PreparedAt { get; private set; }

    public Person? ApprovedBy { get; private set; }

    public Instant? ApprovedAt { get; private set; }

    public Person? IssuedBy { get; private set; }

    /// <summary>Why an approver sent it back; null when nobody did.</summary>
    public string? ReturnComment { get; private set; }

    /// <summary>The last usage event that was stored when it was issued; later ones are late for it. Null from before.</summary>
    public long? UsageThrough { get; private set; }

    /// <summary>Whether the adjustments it was prepared with are not on it: they wait for the next one.</summary>
    public bool LeavesOutLate { get; private set; }

    /// <summary>Who withdrew it, when and why; null while it stands.</summary>
    public Withdrawal? Voided { get; private set; }

    /// <summary>Whether it is withdrawn and the next run bills its periods again.</summary>
    public bool IsBilledAgain { get; private set; }

    public Period Period => new(PeriodStart, PeriodEnd);

    /// <summary>The sum of the lines.</summary>
    public Money Subtotal => Money.OfMinor(SubtotalMinor, Currency);

    public Money Tax => Money.OfMinor(TaxMinor, Currency);

    public Money Total => Money.OfMinor(TotalMinor, Currency);

    public Money Discount => Money.OfMinor(DiscountMinor, Currency);

    /// <summary>What credit notes and wallets pay together.</summary>
    public Money Settled => Money.OfMinor(SettledMinor, Currency);

    /// <summary>What the customer is asked to pay.</summary>
    public Money Due => Total - Settled;

    public IReadOnlyList<InvoiceLine> Lines => [.. _lines.OrderBy(line => line.Position)];

    public IReadOnlyList<InvoiceTax> Taxes => [.. _taxes.OrderBy(tax => tax.Position)];

    /// <summary>Whether it bills usage before its period is over, because an agreed sum was passed.</summary>
    public bool IsProgressive => _lines.Any(line => line.Item?.StartsWith(BilledPeriod.Progressive, StringComparison.Ordinal) == true);

    /// <summary>Everybody who ran, refreshed or submitted it. None of them may approve it.</summary>
    public IReadOnlyList<Guid> Preparers => _preparers;

    /// <summary>A new draft, submitted for approval at once: its period has ended, so it waits only for a person.</summary>
    /// <param name="purchase">The grant of credits that it sells; null for what subscriptions owe.</param>
    public static Invoice Prepare(
        Customer customer, Company seller, Period period, InvoiceContent content, Guid? runId, Person by, Instant now,
        Instant? dueAt = null, Guid? purchase = null)
    {
        var invoice = new Invoice
        {
            Id = InvoiceId.New(),
            CustomerId = customer.Id,
            RunId = runId,
            Purchase = purchase,
            Currency = content.Currency,
            PeriodStart = period.Start,
            PeriodEnd = period.End,
            DueAt = dueAt,
            ZoneId = customer.ZoneId,
        };
        invoice.Fill(content, seller, customer, by, now);
        invoice.Status = InvoiceStatus.NeedsApproval;
        return invoice;
    }

    /// <summary>Says what the engine says now. An approval given before is void.</summary>
    /// <exception cref="RuleBroken">The invoice is issued.</exception>
    public void Refresh(InvoiceContent content, Company seller, Customer buyer, Person by, Instant now)
    {
        Require("refreshed", InvoiceStatus.Draft, InvoiceStatus.NeedsApproval, InvoiceStatus.Approved);
        Fill(content, seller, buyer, by, now);
        (Status, ApprovedBy, ApprovedAt) = (InvoiceStatus.NeedsApproval, null, null);
    }

    /// <summary>Somebody vouches for it who had no hand in preparing it.</summary>
    /// <exception cref="RuleBroken">It does not wait for approval, or the person prepared it or is not a person.</exception>
    public void Approve(Person by, Instant now)
    {
        Require("approved", InvoiceStatus.NeedsApproval);
        by.RequireSecond(_preparers, "approve", "approved");
        (Status, ApprovedBy, ApprovedAt, ReturnComment) = (InvoiceStatus.Approved, by, now, null);
    }

    /// <summary>Sends it back to those who prepared it.</summary>
    /// <exception cref="RuleBroken">It is a draft already or issued, or the comment is missing.</exception>
    public void Return(string comment)
    {
        Require("returned", InvoiceStatus.NeedsApproval, InvoiceStatus.Approved);
        ReturnComment = Text.Required(comment, "Comment", 500);
        (Status, ApprovedBy, ApprovedAt) = (InvoiceStatus.Draft, null, null);
    }

    /// <summary>Puts a returned draft before the approvers again, as it is.</summary>
    /// <exception cref="RuleBroken">It is not a draft.</exception>
    public void Submit(Person by)
    {
        Require("submitted", InvoiceStatus.Draft);
        AddPreparer(by);
        Status = InvoiceStatus.NeedsApproval;
    }

    /// <summary>Makes it a document: number, dates, never changed again.</summary>
    /// <param name="usageThrough">The last usage event that is stored by now.</param>
    /// <param name="leavesOutLate">See <see cref="LeavesOutLate"/>.</param>
    /// <exception cref="RuleBroken">It is not approved.</exception>
    public void Issue(string number, LocalDate today, Person by, long? usageThrough = null, bool leavesOutLate = false)
    {
        Require("issued", InvoiceStatus.Approved);
        (Status, Number, IssuedOn, DueOn, IssuedBy) = (InvoiceStatus.Issued, number, today, today.PlusDays(PaymentDays), by);
        (UsageThrough, LeavesOutLate) = (usageThrough, leavesOutLate);
    }

    /// <summary>Withdraws it. What it used is given back, and its periods are billed again if that is wanted.</summary>
    /// <exception cref="RuleBroken">It is not issued, the person prepared it or is not a person, or the comment is missing.</exception>
    public void Void(string comment, bool billAgain, Person by, Instant now)
    {
        if (InvoiceVoid.WhyNot(Status) is { } reason)
        {
            throw new RuleBroken(reason);
        }

        by.RequireSecond(_preparers, "void", "voided");
        (Status, Voided, IsBilledAgain) = (InvoiceStatus.Voided, new Withdrawal(by, now, comment), billAgain);
    }

    /// <summary>Says that it may be thrown away: it has no number yet, and nobody got it.</summary>
    /// <exception cref="RuleBroken">It is issued.</exception>
    public void Discard() => Require("discarded", InvoiceStatus.Draft, InvoiceStatus.NeedsApproval, InvoiceStatus.Approved);

    /// <summary>Calls what pays it by the numbers that were given out since.</summary>
    /// <param name="numbers">By what the draft called them.</param>
    /// <exception cref="RuleBroken">It is issued.</exception>
    public void CallSettlements(IReadOnlyDictionary<string, string> numbers)
    {
        Require("changed", InvoiceStatus.Draft, InvoiceStatus.NeedsApproval, InvoiceStatus.Approved);
        Settlements = [.. Settlements.Select(paid =>
            numbers.TryGetValue(paid.Reference, out var number) ? paid with { Reference = number } : paid)];
    }

    /// <summary>Whether the engine still says what this invoice says.</summary>
    public bool Says(InvoiceContent content) =>
        Subtotal == content.Subtotal
        && TaxMinor == content.Tax.MinorUnits
        && TaxNote == content.TaxNote
        && SaysLines(content)
        && Discounts.Select(Told).SequenceEqual(content.Discounts.Select(Told))
        && Settlements.SequenceEqual(content.Settled)
        && Taxes.Select(tax => (tax.Code, tax.Percent)).SequenceEqual(content.Taxes.Select(tax => (tax.Code, tax.Percent)));

    /// <summary>Whether the usage and the prices still give these lines; the customer's tax may have changed since.</summary>
    public bool SaysLines(InvoiceContent content) =>
        Lines.Count == content.Lines.Count && Lines.Zip(content.Lines).All(pair => pair.First.Says(pair.Second));

    /// <summary>Its sums, made again from its lines, their discounts and their taxes.</summary>
    public InvoiceTotals Totals() => InvoiceTotals.Of(
        [.. Lines.Select(line => new TaxableLine(line.Amount, TaxesOf(line)))], Discounts, [], Currency);

    /// <summary>The taxes of a line; documents from before have the same on every line.</summary>
    public IReadOnlyList<LineTax> TaxesOf(InvoiceLine line) =>
        line.Taxes.Count > 0 ? line.Taxes : [.. Taxes.Select(tax => new LineTax(tax.Code, tax.Name, tax.Percent, tax.Category))];

    private static (DiscountKind, string, Money, Guid?) Told(LineDiscount discount) =>
        (discount.Kind, discount.Name, discount.Amount, discount.Source);

    private void Fill(InvoiceContent content, Company seller, Customer buyer, Person by, Instant now)
    {
        _lines.Clear();
        _lines.AddRange(content.Lines.Select((line, i) =>
            InvoiceLine.Of(line, i + 1, content.LineTaxes.Count == 0 ? [] : content.LineTaxes[i])));
        _taxes.Clear();
        _taxes.AddRange(content.Taxes.Select((tax, i) => InvoiceTax.Of(tax, i + 1)));
        (SubtotalMinor, TaxMinor, TotalMinor) = (content.Subtotal.MinorUnits, content.Tax.MinorUnits, content.Total.MinorUnits);
        (Discounts, Settlements) = (content.Discounts, content.Settled);
        (DiscountMinor, SettledMinor) = (content.Discount.MinorUnits, (content.Total - content.Due).MinorUnits);
        (Seller, Buyer, PaymentDays, TaxNote) = (seller.AsParty(), buyer.AsParty(), buyer.PaymentDays, content.TaxNote);
        (PreparedBy, PreparedAt) = (by, now);
        AddPreparer(by);
    }

    private void AddPreparer(Person by)
    {
        if (by.Id is { } id && !_preparers.Contains(id))
        {
            _preparers.Add(id);
        }
    }

    private void Require(string verb, params InvoiceStatus[] allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new RuleBroken(
                $"This invoice cannot be {verb}: it is {Status switch
            {
                InvoiceStatus.Draft => "a draft",
                InvoiceStatus.NeedsApproval => "waiting for approval",
                InvoiceStatus.Approved => "approved already",
                InvoiceStatus.Voided => $"voided as {Number}",
                _ => $"issued as {Number} and never changes again",
            }}."
            );
        }
    }
}
