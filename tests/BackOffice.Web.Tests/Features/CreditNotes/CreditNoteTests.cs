using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.CreditNotes;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.CreditNotes;

/// <summary>An invoice over 99.00 for the base fee and 5.50 for two million tokens, with 19 % tax: 124.36 USD.</summary>
public sealed class CreditNoteTests
{
    [Fact]
    public async Task The_note_is_what_the_estimate_said_and_is_numbered_after_its_invoice()
    {
        await using var scene = await Scene.Create();
        var invoice = await Issued(scene);
        var input = new CreditNoteInput([CreditRequest.Of(0, 40m)], CreditNoteReason.ProductUnsatisfactory, "Two days of outage");
        var estimate = await Ask(scene, notes => notes.Estimate(invoice, input));

        var id = await Create(scene, invoice, input);
        await scene.As<ApproveCreditNote>(scene.Approver, approve => approve.Run(id));
        var number = await Issue(scene, id);

        var view = (await Ask(scene, notes => notes.View(id, scene.Clerk.Id)))!;
        Assert.Equal("INV-2023-000001-CN001", number);
        Assert.Equal(("40.00 USD", "47.60 USD"), (estimate.Net.ToString(), estimate.Total.ToString()));
        Assert.Equal((estimate.Net, estimate.Total, estimate.Offset), (view.Sums.Net, view.Sums.Total, view.Sums.Offset));
        Assert.Equal(estimate.Taxes, view.Sums.Taxes);
        Assert.Equal((CreditNoteStatus.Issued, "Two days of outage", true), (view.Row.Status, view.Description, view.IsMine));
    }

    [Fact]
    public async Task Units_go_back_at_what_they_cost_and_the_last_note_takes_the_rest_to_the_cent()
    {
        await using var scene = await Scene.Create();
        var invoice = await Issued(scene);

        var first = await Create(scene, invoice, new([CreditRequest.OfUnits(1, 1_000_000)], CreditNoteReason.Other));
        var before = (await Ask(scene, notes => notes.Creditable(invoice)))!;
        var second = await Create(scene, invoice, new([CreditRequest.Whole(0), CreditRequest.Whole(1)], CreditNoteReason.Other));
        var after = (await Ask(scene, notes => notes.Creditable(invoice)))!;

        var totals = (await Ask(scene, notes => notes.List(invoice))).Rows.ToDictionary(row => row.Id, row => row.Total.ToString());
        Assert.Equal(("3.27 USD", "121.09 USD"), (totals[first], totals[second]));
        Assert.Equal(("124.36 USD", "121.09 USD", "0.00 USD"), (before.Total.ToString(), before.Left.ToString(), after.Left.ToString()));
        Assert.Equal("2.75 USD", before.Lines[1].Left.ToString());
    }

    [Fact]
    public async Task Whoever_prepared_a_note_cannot_approve_it_and_only_an_approved_one_is_issued()
    {
        await using var scene = await Scene.Create();
        var invoice = await Issued(scene);
        var otto = await scene.Person("otto", Roles.Approver);
        var id = default(CreditNoteId);
        await scene.As<CreateCreditNote>(otto, async create => id = await create.Run(invoice, All));

        await Scene.Refused("otto prepared this credit note. Somebody else must approve it.", () =>
            scene.As<ApproveCreditNote>(otto, approve => approve.Run(id)));
        await Scene.Refused("This credit note cannot be issued: it is waiting for approval.", () => Issue(scene, id));
        await Scene.Refused("This needs the role Approver", () => scene.As<ApproveCreditNote>(scene.Clerk, approve => approve.Run(id)));

        await scene.As<ApproveCreditNote>(scene.Approver, approve => approve.Run(id));
        Assert.Equal("INV-2023-000001-CN001", await Issue(scene, id));
    }

    [Fact]
    public async Task What_waits_cannot_be_taken_back_twice_until_it_is_discarded()
    {
        await using var scene = await Scene.Create();
        var invoice = await Issued(scene);
        var id = await Create(scene, invoice, All);

        await Scene.Refused("Only 0.00 USD are left of line 1", () =>
            Create(scene, invoice, new([CreditRequest.Of(0, 1m)], CreditNoteReason.Other)));
        await scene.As<DiscardCreditNote>(scene.Clerk, discard => discard.Run(id));
        var again = await Create(scene, invoice, All);

        await scene.As<ApproveCreditNote>(scene.Approver, approve => approve.Run(again));
        await Issue(scene, again);
        await Scene.Refused("is issued and stays", () => scene.As<DiscardCreditNote>(scene.Clerk, discard => discard.Run(again)));
    }

    [Fact]
    public async Task Credit_that_is_kept_pays_later_invoices_until_it_is_voided()
    {
        await using var scene = await Scene.Create();
        var invoice = await Issued(scene);
        var id = await Create(scene, invoice, All with { Use = CreditUse.LaterInvoices });
        await scene.As<ApproveCreditNote>(scene.Approver, approve => approve.Run(id));
        var number = await Issue(scene, id);

        await using (var db = await scene.Open())
        {
            var note = await db.CreditNotes.SingleAsync(note => note.Number == number);
            Assert.Equal("124.36 USD", note.Balance.ToString());
            note.Use(Core.Common.Money.Of(24.36m, note.Balance.Currency));
            await db.SaveChangesAsync();
        }

        var used = (await Ask(scene, notes => notes.View(id, null)))!.Row.Left;
        await scene.As<VoidCreditNote>(scene.Approver, voids => voids.Run(id));
        var row = (await Ask(scene, notes => notes.View(id, null)))!.Row;

        Assert.Equal(("100.00 USD", "0.00 USD", CreditNoteStatus.Voided), (used.ToString(), row.Left.ToString(), row.Status));
    }

    [Fact]
    public async Task The_next_invoice_counts_on_the_credit_and_uses_it_when_it_is_issued()
    {
        await using var scene = await Scene.Create();
        var id = await Create(scene, await Issued(scene), All with { Use = CreditUse.LaterInvoices });
        await scene.As<ApproveCreditNote>(scene.Approver, approve => approve.Run(id));
        await Issue(scene, id);

        scene.Clock.Reset(Instant.FromUtc(2024, 1, 1, 10, 0));
        await scene.Bill(new LocalDate(2023, 12, 31));
        var december = (await scene.Invoices())[^1];
        var before = (await Ask(scene, notes => notes.View(id, null)))!.Row.Left;
        await scene.Approve(december.Id);
        await scene.Issue(december.Id);
        var after = (await Ask(scene, notes => notes.View(id, null)))!.Row.Left;

        Assert.Equal(("117.81 USD", "0.00 USD"), (december.Total.ToString(), december.Due.ToString()));
        Assert.Equal(("124.36 USD", "6.55 USD"), (before.ToString(), after.ToString()));
    }

    [Fact]
    public async Task Only_an_issued_invoice_is_credited()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new LocalDate(2023, 11, 1));
        await scene.Bill();
        var invoice = (await scene.OnlyInvoice()).Id;

        await Scene.Refused("Only an issued invoice is credited", () => Create(scene, invoice, All));
        Assert.Null(await Ask(scene, notes => notes.Creditable(invoice)));
    }

    private static CreditNoteInput All => new([CreditRequest.Whole(0), CreditRequest.Whole(1)], CreditNoteReason.OrderCancellation);

    private static async Task<InvoiceId> Issued(Scene scene)
    {
        var subscription = await scene.Customer("acme", new LocalDate(2023, 11, 1));
        await scene.Use(subscription, Instant.FromUtc(2023, 11, 15, 12, 0), 2_000_000);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();
        await scene.Approve(invoice.Id);
        await scene.Issue(invoice.Id);
        return invoice.Id;
    }

    private static Task<CreditNoteId> Create(Scene scene, InvoiceId invoice, CreditNoteInput input) =>
        scene.Ask<CreateCreditNote, CreditNoteId>(scene.Clerk, create => create.Run(invoice, input));

    private static Task<string> Issue(Scene scene, CreditNoteId id) =>
        scene.Ask<IssueCreditNote, string>(scene.Approver, issue => issue.Run(id));

    private static Task<T> Ask<T>(Scene scene, Func<CreditNoteQueries, Task<T>> question) => scene.Ask(scene.Clerk, question);
}
