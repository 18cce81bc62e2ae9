using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.CreditNotes;

public sealed class CreditNoteTests
{
    private static Money Eu(string amount) => Money.Of(D(amount), Eur);

    private static CreditableInvoice Invoice() =>
        CreditableInvoice.Of(TaxSheet.Of([new TaxableLine(Eu("100"), [new LineTax("VAT", "VAT", 20)])], Eu("0")));

    private static CreditNote Note(string credit, string refund) => CreditNote.Prepare(
        InvoiceId.New(), CustomerId.New(), Invoice().Estimate([CreditRequest.Whole(0)]),
        new CreditNoteSplit(Eu(credit), Eu(refund), Eu("0")), (CreditNoteReason.OrderChange, " as agreed "));

    [Fact]
    public void Issuing_numbers_it_after_its_invoice_and_opens_its_credit()
    {
        var note = Note("100", "20");
        note.Issue("INV-2026-000017", 2, Day("2026-11-02"));

        Assert.Equal(("INV-2026-000017-CN002", CreditStatus.Available, RefundStatus.Pending),
            (note.Number, note.CreditStatus, note.RefundStatus));
        Assert.Equal((Eu("120"), Eu("100"), "as agreed"), (note.Total, note.Balance, note.Description));
    }

    [Fact]
    public void Its_credit_is_used_given_back_and_gone_when_it_is_voided()
    {
        var note = Note("120", "0");
        note.Issue("INV-1", 1, Day("2026-11-02"));
        note.Use(Eu("120"));
        Assert.Equal(CreditStatus.Consumed, note.CreditStatus);
        Assert.Throws<RuleBroken>(() => note.Use(Eu("0.01")));
        Assert.Throws<RuleBroken>(() => note.GiveBack(Eu("120.01")));

        note.GiveBack(Eu("50"));
        note.Void();

        Assert.Equal((Eu("0"), CreditStatus.Voided, "INV-1-CN001"), (note.Balance, note.CreditStatus, note.Number));
        Assert.Throws<RuleBroken>(() => note.Use(Eu("1")));
    }

    [Fact]
    public void A_draft_cannot_be_used_and_a_document_not_changed()
    {
        var note = Note("120", "0");
        Assert.Throws<RuleBroken>(() => note.Use(Eu("1")));
        Assert.Throws<RuleBroken>(note.Void);
        note.Issue("INV-1", 1, Day("2026-11-02"));

        Assert.Throws<RuleBroken>(() => note.Issue("INV-1", 2, Day("2026-11-02")));
        Assert.Throws<RuleBroken>(() => note.Refresh(Invoice().Estimate([CreditRequest.Of(0, 1)]), CreditNoteSplit.AllCredit(Eu("1.20"))));
    }

    [Fact]
    public void What_a_person_asks_for_is_approved_by_another_before_it_is_issued()
    {
        var now = NodaTime.Instant.FromUtc(2026, 11, 2, 9, 0);
        var (clara, ann) = (new Person(Guid.CreateVersion7(), "Clara"), new Person(Guid.CreateVersion7(), "Ann"));
        var note = Note("120", "0");
        note.Submit(clara, now);

        Assert.Throws<RuleBroken>(() => note.Issue("INV-1", 1, Day("2026-11-02")));
        Assert.Throws<RuleBroken>(() => note.Approve(new Person(null, "Schedule"), now));
        Assert.Equal("Clara prepared this credit note. Somebody else must approve it.",
            Assert.Throws<RuleBroken>(() => note.Approve(clara, now)).Message);
        note.Approve(ann, now);
        note.Issue("INV-1", 1, Day("2026-11-02"));

        Assert.Equal((CreditNoteStatus.Issued, ann, false), (note.Status, note.ApprovedBy, note.IsOpen));
    }

    [Fact]
    public void What_is_left_is_computed_again_from_the_notes()
    {
        var first = CreditNote.Prepare(
            InvoiceId.New(), CustomerId.New(), Invoice().Estimate([CreditRequest.Of(0, 33.33m)]), CreditNoteSplit.AllCredit(Eu("40.00")),
            (CreditNoteReason.Other, null));

        var left = Invoice().After([first]);

        Assert.Equal((Eu("66.67"), Eu("80.00")), (left.LeftOf(0), left.Left));
    }

    [Fact]
    public void A_note_took_what_it_says_also_where_its_decimals_would_round_otherwise()
    {
        // 100.00 for 90 days with 54.55 off; one day goes back: 45.45 ÷ 90 = 0.505, a tie that 1.1111… × 0.4545 just misses.
        var fee = CreditableInvoice.Of(TaxSheet.Of([new TaxableLine(Eu("100"), [new LineTax("VAT", "VAT", 20)], D("54.55"))], Eu("54.55")));
        var content = UnusedShare.Note(fee, 0, 100, 1, 90)!;
        var note = CreditNote.Prepare(
            InvoiceId.New(), CustomerId.New(), content, CreditNoteSplit.AllCredit(content.Total), (CreditNoteReason.OrderChange, null));

        Assert.Equal((Eu("0.51"), Eu("0.10")), (note.Net, note.Tax));
        Assert.Equal(fee.After(content).Left, fee.After([note]).Left);
        Assert.Equal(Eu("53.93"), fee.After([note]).Left);
    }

    [Fact]
    public void A_note_tells_its_part_of_each_group_of_taxes()
    {
        LineTax[] both = [new("A", "A", 10), new("B", "B", 5)];
        LineTax[] one = [new("A", "A", 10)];
        var invoice = CreditableInvoice.Of(TaxSheet.Of(
            [new TaxableLine(Eu("10"), both), new TaxableLine(Eu("20"), one), new TaxableLine(Eu("40"), [LineTax.None])], Eu("0")));
        var content = invoice.Estimate([CreditRequest.Of(0, 3), CreditRequest.Of(1, 4), CreditRequest.Of(2, 5)]);
        var note = CreditNote.Prepare(
            InvoiceId.New(), CustomerId.New(), content, CreditNoteSplit.AllCredit(content.Total), (CreditNoteReason.Other, null));

        var (estimated, stored) = (invoice.After(content), invoice.After([note]));

        Assert.Equal(estimated.Left, stored.Left);
        Assert.Equal(
            estimated.Estimate([CreditRequest.Whole(0), CreditRequest.Whole(1)]).Parts,
            stored.Estimate([CreditRequest.Whole(0), CreditRequest.Whole(1)]).Parts);
    }

    [Fact]
    public void A_returned_note_is_submitted_again_by_whoever_prepared_it()
    {
        var now = NodaTime.Instant.FromUtc(2026, 11, 2, 9, 0);
        var (clara, ann) = (new Person(Guid.CreateVersion7(), "Clara"), new Person(Guid.CreateVersion7(), "Ann"));
        var note = Note("120", "0");
        Assert.Throws<RuleBroken>(() => note.Return("Too much"));
        note.Submit(clara, now);
        Assert.Throws<RuleBroken>(() => note.Return(" "));
        note.Return("Too much");

        Assert.Equal((CreditNoteStatus.Draft, "Too much"), (note.Status, note.ReturnComment));
        Assert.Throws<RuleBroken>(() => note.Issue("INV-1", 1, Day("2026-11-02")));
        Assert.Throws<RuleBroken>(() => note.Submit(ann, now)); // Clara could approve it then.
        note.Submit(clara, now);
        Assert.Throws<RuleBroken>(() => note.Approve(clara, now));
        note.Approve(ann, now);

        Assert.Equal((CreditNoteStatus.Approved, null), (note.Status, note.ReturnComment));
    }

    [Theory]
    //          credit    refund    total     becomes credit, refund   why
    [InlineData("872.24", "0",      "872.23", "872.23", "0",           "people round the total; the note rounds net and tax")]
    [InlineData("0",      "10.00",  "10.01",  "0",      "10.01",       "no credit to take the cent")]
    [InlineData("5.00",   "5.00",   "9.99",   "4.99",   "5.00",        "the credit takes it")]
    public void A_split_is_off_by_one_cent_at_most(string credit, string refund, string total, string newCredit, string newRefund,
        string why)
    {
        var split = new CreditNoteSplit(Eu(credit), Eu(refund), Eu("0")).For(Eu(total));

        Assert.True((Eu(newCredit), Eu(newRefund)) == (split.Credit, split.Refund), why);
        Assert.Throws<RuleBroken>(() => split.For(Eu(total) + Eu("0.02")));
    }

    [Fact]
    public void Never_more_is_paid_back_than_was_paid()
    {
        var split = new CreditNoteSplit(Eu("0"), Eu("10"), Eu("5"));

        Assert.Same(split, split.Check(Eu("12"), Eu("2"), Eu("5")));
        Assert.Throws<RuleBroken>(() => split.Check(Eu("12"), Eu("2.01"), Eu("5")));
        Assert.Throws<RuleBroken>(() => split.Check(Eu("12"), Eu("2"), Eu("4.99")));
    }

    [Fact]
    public void Later_invoices_use_the_oldest_note_first()
    {
        var applied = CreditApplication.Of(Eu("1.00"),
            [new("B", Day("2026-02-01"), Eu("0.90")), new("A", Day("2026-01-01"), Eu("0.20")),
                new("C", Day("2025-01-01"), Money.Of(1, Usd))]);

        Assert.Equal([("A", "0.20 EUR"), ("B", "0.80 EUR")], applied.Applied.Select(each => (each.Note.Number, each.Amount.ToString())));
        Assert.Equal([Eu("0.60"), Eu("0.40")], applied.SharesOver([Eu("0.60"), Eu("0.40")]));
    }

    [Fact]
    public void Voiding_an_invoice_gives_what_is_asked_and_neutralises_the_rest()
    {
        var voided = VoidNotes.Of(Invoice(), Eu("30"), Eu("30"));

        Assert.Equal((Eu("60"), Eu("60"), Eu("30")), (voided.Given!.Total, voided.Neutralised!.Total, voided.Split!.Refund));
        Assert.Null(VoidNotes.Of(Invoice(), Eu("120"), Eu("0")).Neutralised);
        Assert.Throws<RuleBroken>(() => VoidNotes.Of(Invoice(), Eu("120.01"), Eu("0")));
    }

    [Fact]
    public void Credit_note_money_spent_on_a_voided_invoice_comes_back() => Assert.True(InvoiceVoid.GivesBack(VoidedUse.CreditNote));
}
