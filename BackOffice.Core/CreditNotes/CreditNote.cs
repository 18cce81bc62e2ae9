using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.CreditNotes;

public readonly record struct CreditNoteId(Guid Value) : IId<CreditNoteId>
{
    public static CreditNoteId From(Guid value) => new(value);

    public static CreditNoteId New() => new(Guid.CreateVersion7());
}

/// <summary>Where the document stands.</summary>
public enum CreditNoteStatus
{
    /// <summary>Follows its invoice while that is a draft; has no number.</summary>
    Draft,

    /// <summary>Somebody asked for it; a second person decides.</summary>
    NeedsApproval,

    /// <summary>A second person vouches for it; it has no number yet.</summary>
    Approved,

    Issued,

    /// <summary>Keeps its number; what was left of its credit is gone.</summary>
    Voided,
}

/// <summary>Why money is given back.</summary>
public enum CreditNoteReason
{
    DuplicatedCharge,
    ProductUnsatisfactory,
    OrderChange,
    OrderCancellation,
    FraudulentCharge,
    Other,
}

/// <summary>How far the refund is.</summary>
public enum RefundStatus
{
    None,
    Pending,
    Succeeded,
    Failed,
}

/// <summary>What is left of the credit.</summary>
public enum CreditStatus
{
    None,
    Available,
    Consumed,
    Voided,
}

/// <summary>A document that takes back all or part of an issued invoice. A step happens or is refused.</summary>
/// <remarks>
/// What a person asks for goes draft → needs approval → approved → issued → voided. What the engine takes back by itself, such as the
/// unused days of a fee, is approved with the documents it belongs to, and is issued from its draft.
/// </remarks>
public sealed class CreditNote
{
    private readonly List<CreditNoteLine> _lines = [];
    private readonly List<CreditNoteTax> _taxes = [];

    private CreditNote()
    {
    }

    public CreditNoteId Id { get; private init; }

    public InvoiceId InvoiceId { get; private init; }

    public CustomerId CustomerId { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public CreditNoteReason Reason { get; private init; }

    /// <summary>A note for the reader; null when there is none.</summary>
    public string? Description { get; private init; }

    public CreditNoteStatus Status { get; private set; }

    /// <summary>The invoice's number with a suffix, such as INV-2026-000017-CN001; null until issued.</summary>
    public string? Number { get; private set; }

    public LocalDate? IssuedOn { get; private set; }

    /// <summary>Who asked for it, and may therefore not approve it; null when the engine did.</summary>
    public Person? PreparedBy { get; private set; }

    public Instant? PreparedAt { get; private set; }

    public Person? ApprovedBy { get; private set; }

    public Instant? ApprovedAt { get; private set; }

    /// <summary>Why an approver sent it back; null when nobody did.</summary>
    public string? ReturnComment { get; private set; }

    public long DiscountMinor { get; private set; }

    public long NetMinor { get; private set; }

    public long TaxMinor { get; private set; }

    public long CreditMinor { get; private set; }

    public long RefundMinor { get; private set; }

    public long OffsetMinor { get; private set; }

    /// <summary>What later invoices can still use.</summary>
    public long BalanceMinor { get; private set; }

    public RefundStatus RefundStatus { get; private set; }

    public Money Discount => Money.OfMinor(DiscountMinor, Currency);

    public Money Net => Money.OfMinor(NetMinor, Currency);

    public Money Tax => Money.OfMinor(TaxMinor, Currency);

    public Money Total => Net + Tax;

    public Money Balance => Money.OfMinor(BalanceMinor, Currency);

    public CreditNoteSplit Split => new(
        Money.OfMinor(CreditMinor, Currency), Money.OfMinor(RefundMinor, Currency), Money.OfMinor(OffsetMinor, Currency));

    public IReadOnlyList<CreditNoteLine> Lines => [.. _lines.OrderBy(line => line.InvoiceLine)];

    public IReadOnlyList<CreditNoteTax> Taxes => [.. _taxes.OrderBy(tax => tax.Position)];

    /// <summary>What was asked for, so that what is left of the invoice can be computed again from its notes.</summary>
    public IReadOnlyList<CreditRequest> Requests =>
    [
        .. Lines.Select(line => line.Units > 0
            ? CreditRequest.OfUnits(line.InvoiceLine, line.Units)
            : CreditRequest.Of(line.InvoiceLine, line.ExactAmount)),
    ];

    public CreditStatus CreditStatus => CreditMinor == 0 ? CreditStatus.None
        : Status == CreditNoteStatus.Voided ? CreditStatus.Voided
        : BalanceMinor == 0 ? CreditStatus.Consumed
        : CreditStatus.Available;

    /// <summary>A new note, not issued yet.</summary>
    /// <exception cref="RuleBroken">The parts do not come to the note's total.</exception>
    public static CreditNote Prepare(
        InvoiceId invoice, CustomerId customer, CreditNoteContent content, CreditNoteSplit split,
        (CreditNoteReason Reason, string? Text) why)
    {
        var note = new CreditNote
        {
            Id = CreditNoteId.New(),
            InvoiceId = invoice,
            CustomerId = customer,
            Currency = content.Net.Currency,
            Reason = why.Reason,
            Description = Text.Optional(why.Text, "Description", 500),
        };
        note.Fill(content, split);
        return note;
    }

    /// <summary>Follows an edit of the draft invoice it belongs to.</summary>
    /// <exception cref="RuleBroken">It is issued, or the parts do not come to its total.</exception>
    public void Refresh(CreditNoteContent content, CreditNoteSplit split)
    {
        Require("changed", CreditNoteStatus.Draft);
        Fill(content, split);
    }

    /// <summary>Puts it before a second person. One that was returned is submitted by whoever prepared it.</summary>
    /// <exception cref="RuleBroken">It is no draft any more, or somebody else prepared it.</exception>
    public void Submit(Person by, Instant now)
    {
        Require("submitted", CreditNoteStatus.Draft);
        if (PreparedBy is { } before && before.Id != by.Id)
        {
            throw new RuleBroken($"{before.Name} prepared this credit note and submits it again, or you discard it and prepare another.");
        }

        (Status, PreparedBy, PreparedAt) = (CreditNoteStatus.NeedsApproval, by, PreparedAt ?? now);
    }

    /// <summary>Sends it back to whoever prepared it, who submits it again or discards it.</summary>
    /// <exception cref="RuleBroken">Nobody has to decide on it, or the comment is missing.</exception>
    public void Return(string comment)
    {
        Require("returned", CreditNoteStatus.NeedsApproval, CreditNoteStatus.Approved);
        ReturnComment = Text.Required(comment, "Comment", 500);
        (Status, ApprovedBy, ApprovedAt) = (CreditNoteStatus.Draft, null, null);
    }

    /// <summary>Somebody vouches for it who did not ask for it.</summary>
    /// <exception cref="RuleBroken">It does not wait for approval, or the person asked for it or is not a person.</exception>
    public void Approve(Person by, Instant now)
    {
        Require("approved", CreditNoteStatus.NeedsApproval);
        if (by.Id is null)
        {
            throw new RuleBroken("A credit note is approved by a person. Say who: the system cannot vouch for its own work.");
        }

        if (by.Id == PreparedBy?.Id)
        {
            throw new RuleBroken($"{by.Name} prepared this credit note. Somebody else must approve it.");
        }

        (Status, ApprovedBy, ApprovedAt, ReturnComment) = (CreditNoteStatus.Approved, by, now, null);
    }

    /// <summary>Whether it may still be thrown away: nobody outside has seen it.</summary>
    public bool IsOpen => Number is null;

    /// <summary>Makes it a document. From now on later invoices can use its credit, and its refund waits to be paid.</summary>
    /// <param name="invoiceNumber">The number of the invoice it takes back from.</param>
    /// <param name="sequence">1 for the invoice's first note.</param>
    /// <param name="today">The day on the customer's calendar.</param>
    /// <exception cref="RuleBroken">It waits for approval, or is issued already.</exception>
    public void Issue(string invoiceNumber, int sequence, LocalDate today)
    {
        Require("issued", PreparedBy is null ? CreditNoteStatus.Draft : CreditNoteStatus.Approved, CreditNoteStatus.Approved);
        (Status, Number, IssuedOn) = (CreditNoteStatus.Issued, CreditNoteNumber.Of(invoiceNumber, sequence), today);
        BalanceMinor = CreditMinor;
        RefundStatus = RefundMinor > 0 ? RefundStatus.Pending : RefundStatus.None;
    }

    /// <summary>An invoice uses some of the credit.</summary>
    /// <exception cref="RuleBroken">It is not issued, or less is left.</exception>
    public void Use(Money amount)
    {
        Require("used", CreditNoteStatus.Issued);
        BalanceMinor = amount.MinorUnits >= 0 && amount.MinorUnits <= BalanceMinor
            ? (Balance - amount).MinorUnits
            : throw new RuleBroken($"Only {Balance} are left of credit note {Number}; {amount} cannot be used.");
    }

    /// <summary>The invoice that used some of the credit is voided; it can be used again.</summary>
    /// <exception cref="RuleBroken">It is not issued, or so much was never used.</exception>
    public void GiveBack(Money amount)
    {
        Require("given back to", CreditNoteStatus.Issued);
        BalanceMinor = amount.MinorUnits >= 0 && amount.MinorUnits <= CreditMinor - BalanceMinor
            ? (Balance + amount).MinorUnits
            : throw new RuleBroken($"Credit note {Number} has not paid {amount}.");
    }

    /// <summary>The payment of the refund succeeded or failed.</summary>
    /// <exception cref="RuleBroken">No refund waits.</exception>
    public void Refunded(bool succeeded) => RefundStatus = RefundStatus is RefundStatus.Pending or RefundStatus.Failed
        ? succeeded ? RefundStatus.Succeeded : RefundStatus.Failed
        : throw new RuleBroken("No refund of this credit note is waiting.");

    /// <summary>Withdraws what is left of the credit. What invoices used stays used.</summary>
    /// <exception cref="RuleBroken">It is not issued.</exception>
    public void Void()
    {
        Require("voided", CreditNoteStatus.Issued);
        (Status, BalanceMinor) = (CreditNoteStatus.Voided, 0);
    }

    private void Fill(CreditNoteContent content, CreditNoteSplit split)
    {
        var parts = split.For(content.Total);
        _lines.Clear();
        _lines.AddRange(content.Items.Select(CreditNoteLine.Of));
        _taxes.Clear();
        _taxes.AddRange(content.Taxes.Select((tax, i) => CreditNoteTax.Of(tax, i + 1)));
        (DiscountMinor, NetMinor, TaxMinor) = (content.Discount.MinorUnits, content.Net.MinorUnits, content.Tax.MinorUnits);
        (CreditMinor, RefundMinor, OffsetMinor) = (parts.Credit.MinorUnits, parts.Refund.MinorUnits, parts.Offset.MinorUnits);
    }

    private void Require(string verb, params CreditNoteStatus[] allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new RuleBroken($"This credit note cannot be {verb}: it is {Status switch
            {
                CreditNoteStatus.Draft => "a draft",
                CreditNoteStatus.NeedsApproval => "waiting for approval",
                CreditNoteStatus.Approved => "approved already",
                CreditNoteStatus.Issued => $"issued as {Number}",
                _ => $"voided as {Number}",
            }}.");
        }
    }
}
