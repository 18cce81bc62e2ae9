using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.CreditNotes;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Invoices;

/// <summary>November over 99.00 and 6.00 for two million tokens, with 19 % tax, issued and then withdrawn.</summary>
public sealed class VoidInvoiceTests
{
    [Fact]
    public async Task A_voided_invoice_keeps_its_number_and_its_periods_are_billed_again()
    {
        await using var scene = await Scene.Create();
        var (subscription, first) = await Issued(scene);
        await Void(scene, first);
        await scene.Use(subscription, Instant.FromUtc(2023, 11, 16, 12, 0), 1_000_000); // Not late: November is open again.

        await scene.Bill();

        var invoices = await scene.Invoices();
        var (voided, draft) = (invoices.Single(i => i.Id == first), invoices.Single(i => i.Id != first));
        Assert.Equal((InvoiceStatus.Voided, "INV-2023-000001", "Wrong address"), (voided.Status, voided.Number, voided.Voided!.Comment));
        Assert.Equal(("104.50 USD", "107.00 USD"), (voided.Subtotal.ToString(), draft.Subtotal.ToString()));
        await scene.Approve(draft.Id);
        Assert.Equal("INV-2023-000002", await scene.Issue(draft.Id));
        await Scene.Refused("Nothing is due", () => scene.Bill());
        await using var db = await scene.Open();
        Assert.Equal(
            [0, 1], await db.BilledPeriods.Where(b => b.Kind == "usage.1").Select(b => b.Generation).Order().ToListAsync());
        await Proven(scene);
    }

    [Fact]
    public async Task A_period_that_is_let_go_is_never_billed_again_and_its_usage_stays_closed()
    {
        await using var scene = await Scene.Create();
        var (_, invoice) = await Issued(scene);

        await Void(scene, invoice, billAgain: false);

        await Scene.Refused("Nothing is due", () => scene.Bill());
        await Proven(scene);
    }

    [Fact]
    public async Task What_the_invoice_used_can_be_used_again_to_the_cent()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", new LocalDate(2023, 11, 1));
        await using (var db = await scene.Open())
        {
            var now = scene.Clock.GetCurrentInstant();
            var usd = Currency.Of("USD");
            var terms = new CouponTerms(new FixedReduction(Money.Of(20, usd)), CouponFrequency.Once);
            var coupon = Coupon.Create("welcome", "Welcome", terms, null, isReusable: false);
            var details = new WalletDetails("Prepaid", 1, WalletScope.Everything, TopUpLimits.None);
            var wallet = Wallet.Create(subscription.CustomerId, "prepaid", new CreditRate(1, usd), details, now);
            wallet.Add(new TopUp(GrantKind.Granted, 30), now);
            db.AddRange(coupon, AppliedCoupon.Give(coupon, subscription.CustomerId, now, now.InUtc().Date), wallet);
            await db.SaveChangesAsync();
        }

        await scene.Bill();
        var invoice = (await scene.OnlyInvoice()).Id;
        await scene.Approve(invoice);
        await scene.Issue(invoice);
        Assert.Equal((AppliedCouponStatus.UsedUp, "0.00 USD"), await Left(scene));

        await Void(scene, invoice);
        Assert.Equal((AppliedCouponStatus.Active, "30.00 USD"), await Left(scene));
        await scene.Bill();

        var again = (await scene.Invoices()).Single(i => i.Id != invoice);
        Assert.Equal(("94.01 USD", "30.00 USD", "64.01 USD"), (again.Total.ToString(), again.Settled.ToString(), again.Due.ToString()));
        await Proven(scene);
    }

    [Fact]
    public async Task Credit_that_paid_it_is_there_again()
    {
        await using var scene = await Scene.Create();
        var (_, november) = await Issued(scene);
        var note = await scene.Ask<CreateCreditNote, CreditNoteId>(scene.Clerk, create => create.Run(
            november, new([CreditRequest.Of(0, 10m)], CreditNoteReason.Other, null, CreditUse.LaterInvoices)));
        await scene.As<ApproveCreditNote>(scene.Approver, approve => approve.Run(note));
        await scene.As<IssueCreditNote>(scene.Approver, issue => issue.Run(note));
        scene.Clock.Reset(Instant.FromUtc(2024, 1, 1, 10, 0));
        await scene.Bill(new LocalDate(2023, 12, 31));
        var december = (await scene.Invoices()).Single(i => i.Id != november).Id;
        await scene.Approve(december);
        await scene.Issue(december);

        await Scene.Refused("Credit note INV-2023-000001-CN001 takes back a part", () => Void(scene, november));
        await Void(scene, december);

        await using var db = await scene.Open();
        Assert.Equal("11.90 USD", (await db.CreditNotes.SingleAsync()).Balance.ToString());
    }

    [Fact]
    public async Task It_takes_an_approver_who_had_no_hand_in_it_and_a_reason()
    {
        await using var scene = await Scene.Create();
        var otto = await scene.Person("otto", Roles.Approver);
        var (_, invoice) = await Issued(scene, otto);

        await Scene.Refused("This needs the role Approver", () => Void(scene, invoice, by: scene.Clerk));
        await Scene.Refused("This needs the role Approver", () => Void(scene, invoice, by: scene.Admin));
        await Scene.Refused("otto prepared this invoice. Somebody else must void it.", () => Void(scene, invoice, by: otto));
        await Scene.Refused("Comment is missing.", () => scene.As<VoidInvoice>(scene.Approver, voids => voids.Run(invoice, " ", true)));
        await Void(scene, invoice);
        await Scene.Refused("This invoice is voided already.", () => Void(scene, invoice));

        var view = await scene.Ask<InvoiceQueries, InvoiceView?>(scene.Clerk, invoices => invoices.View(invoice, null));
        Assert.Equal(("Voided", "arno", "Wrong address"), (view!.Timeline[^1].Action, view.Timeline[^1].Who, view.Timeline[^1].Remark));
        Assert.Null(await scene.Ask<CreditNoteQueries, CreditableView?>(scene.Clerk, notes => notes.Creditable(invoice)));
    }

    [Fact]
    public async Task Its_document_says_that_it_is_void_and_names_no_account()
    {
        await using var scene = await Scene.Create();
        var (_, id) = await Issued(scene);
        await Void(scene, id);

        var document = InvoiceToDocument.Of(await scene.OnlyInvoice(), Zone.Of("Europe/Berlin"));

        Assert.Equal("Voided on 1 December 2023. It keeps its number and asks for nothing.", document.Voided);
        Assert.Equal((false, false, "INV-2023-000001"), (document.Stands, document.IsDraft, document.Number));
        Assert.Null(document.Payment);
        Assert.NotEmpty((await scene.Ask<InvoicePdf, PdfFile?>(scene.Clerk, pdf => pdf.Run(id)))!.Bytes);
    }

    private static async Task<(Subscription Subscription, InvoiceId Invoice)> Issued(Scene scene, AppUser? by = null)
    {
        var subscription = await scene.Customer("acme", new LocalDate(2023, 11, 1));
        await scene.Use(subscription, Instant.FromUtc(2023, 11, 15, 12, 0), 2_000_000);
        await scene.Bill(by: by);
        var invoice = await scene.OnlyInvoice();
        await scene.Approve(invoice.Id);
        await scene.Issue(invoice.Id);
        return (subscription, invoice.Id);
    }

    private static Task Void(Scene scene, InvoiceId invoice, bool billAgain = true, AppUser? by = null) =>
        scene.As<VoidInvoice>(by ?? scene.Approver, voids => voids.Run(invoice, "Wrong address", billAgain));

    private static async Task<(AppliedCouponStatus, string)> Left(Scene scene)
    {
        await using var db = await scene.Open();
        return ((await db.AppliedCoupons.SingleAsync()).Status, (await db.Wallets.SingleAsync()).Held.ToString());
    }

    private static async Task Proven(Scene scene)
    {
        var checks = await scene.Ask<Verify, IReadOnlyList<Check>>(scene.Approver, verify => verify.Run());
        Assert.Empty(checks.Where(check => !check.Name.StartsWith("Imports", StringComparison.Ordinal))
            .SelectMany(check => check.Problems));
    }
}
