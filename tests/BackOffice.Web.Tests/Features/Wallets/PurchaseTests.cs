using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.CreditNotes;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Wallets;

/// <summary>Bought credits have an invoice that goes the way of every invoice; they come when a person says that it was paid.</summary>
public sealed class PurchaseTests
{
    [Fact]
    public async Task Buying_drafts_an_invoice_and_paying_it_brings_the_credits_once()
    {
        await using var office = await Prepaid.Create();
        var grant = await office.TopUp(new(GrantKind.Purchased, 100));
        var draft = await office.InvoiceOf(grant);
        await Scene.Refused("is not issued. Approve and issue it", () => office.Pay(grant));
        await office.Scene.Approve(draft.Id);
        var number = await office.Scene.Issue(draft.Id);
        var before = (await office.View()).Row;
        await office.Pay(grant);
        await Scene.Refused("no purchase that waits", () => office.Pay(grant));

        var view = await office.View();
        Assert.Equal(("100.00 USD", "100.00 USD", null), (draft.Total.ToString(), draft.Due.ToString(), draft.Number));
        Assert.Equal(("0.00 USD", "100.00 USD"), (before.Balance.ToString(), before.Pending.ToString()));
        Assert.Equal(("100.00 USD", "0.00 USD"), (view.Row.Balance.ToString(), view.Row.Pending.ToString()));
        Assert.Equal((WalletEntryKind.Purchased, number), (Assert.Single(view.Entries).Kind, view.Entries[0].Reference));
    }

    [Theory]
    [InlineData(false, "100.00 USD", "0.00 USD", "No tax is charged on the purchase of credits")]
    [InlineData(true, "119.00 USD", "19.00 USD", null)]
    public async Task The_wallet_says_whether_a_purchase_is_taxed(bool taxed, string total, string tax, string? note)
    {
        await using var office = await Prepaid.Create(taxed);
        var invoice = await office.InvoiceOf(await office.TopUp(new(GrantKind.Purchased, 100, "Autumn")));

        Assert.Equal((total, tax), (invoice.Total.ToString(), invoice.Tax.ToString()));
        Assert.Equal(("Autumn", "Prepaid", "prepaid", 100m), (invoice.Lines[0].Name, invoice.Lines[0].PlanName,
            invoice.Lines[0].SubscriptionCode, invoice.Lines[0].Quantity));
        Assert.StartsWith(note ?? "", invoice.TaxNote ?? "", StringComparison.Ordinal);
        Assert.Equal(taxed, (await office.View()).Grants[0].IsTaxed);
    }

    [Fact]
    public async Task Credits_taxed_when_bought_come_off_before_tax_so_that_nothing_is_taxed_twice()
    {
        await using var office = await Prepaid.Create(taxed: true);
        await office.BuyAndPay(60);
        await office.Scene.Bill();
        var invoice = (await office.Scene.Invoices()).Single(i => i.Purchase is null);
        await office.Scene.Approve(invoice.Id);
        await office.Scene.Issue(invoice.Id);

        var view = await office.View();
        Assert.Equal(
            ("99.00 USD", "60.00 USD", "7.41 USD", "46.41 USD", "46.41 USD"),
            (invoice.Subtotal.ToString(), invoice.Discount.ToString(), invoice.Tax.ToString(), invoice.Total.ToString(),
                invoice.Due.ToString()));
        Assert.Equal(DiscountKind.TaxedCredits, Assert.Single(invoice.Discounts).Kind);
        Assert.Equal(("0.00 USD", WalletEntryKind.Spent), (view.Row.Balance.ToString(), view.Entries[0].Kind));
        Assert.All(await office.Scene.Ask<Verify, IReadOnlyList<Check>>(office.Scene.Clerk, verify => verify.Run()),
            check => Assert.Empty(check.Problems));
    }

    [Fact]
    public async Task A_purchase_taken_back_takes_its_draft_with_it()
    {
        await using var office = await Prepaid.Create();
        var grant = await office.TopUp(new(GrantKind.Purchased, 100));
        await Scene.Refused("Reason", () => office.Cancel(grant, " "));
        await office.Cancel(grant);
        await Scene.Refused("no purchase that waits", () => office.Cancel(grant));

        var view = await office.View();
        Assert.Empty(await office.Scene.Invoices());
        Assert.Equal((GrantStatus.Failed, "0.00 USD"), (view.Grants[0].Status, view.Row.Pending.ToString()));
        await using var db = await office.Scene.Open();
        Assert.Contains(await db.Audit.ToListAsync(), entry => entry is { Action: "Discarded", Subject: "Invoice" });
    }

    [Fact]
    public async Task A_wallet_that_ends_throws_its_drafts_away()
    {
        await using var office = await Prepaid.Create();
        await office.TopUp(new(GrantKind.Purchased, 100));

        await office.Scene.As<EndWallet>(office.Scene.Clerk, end => end.Run(office.Wallet));

        Assert.Empty(await office.Scene.Invoices());
    }

    [Fact]
    public async Task An_issued_purchase_is_taken_back_by_a_credit_note_over_all_of_it()
    {
        await using var office = await Prepaid.Create();
        var grant = await office.TopUp(new(GrantKind.Purchased, 100));
        var invoice = await office.InvoiceOf(grant);
        await office.Scene.Approve(invoice.Id);
        await office.Scene.Issue(invoice.Id);
        await Scene.Refused("is issued. Credit all of it", () => office.Cancel(grant));
        await Scene.Refused("not paid yet. Take the whole purchase back", () => Credit(office, invoice.Id, 40));

        await Issue(office, await Credit(office, invoice.Id, 100));

        var view = await office.View();
        Assert.Equal((GrantStatus.Failed, "0.00 USD"), (view.Grants[0].Status, view.Row.Balance.ToString()));
        await Scene.Refused("no purchase that waits", () => office.Pay(grant));
    }

    [Fact]
    public async Task Of_paid_credits_only_what_is_left_goes_back_and_as_money()
    {
        await using var office = await Prepaid.Create();
        var bought = await office.BuyAndPay(100);
        await office.Scene.As<VoidCredits>(office.Scene.Clerk, voids => voids.Run(office.Wallet, 70, "Used at a trade fair"));
        await Scene.Refused("30.00 USD are left of these credits", () => Credit(office, bought.Id, 31));

        await Issue(office, await Credit(office, bought.Id, 30));

        await using var db = await office.Scene.Open();
        var note = await db.CreditNotes.SingleAsync();
        var view = await office.View();
        Assert.Equal(("30.00 USD", "0.00 USD"), (note.Split.Refund.ToString(), note.Split.Credit.ToString()));
        Assert.Equal((WalletEntryKind.Refunded, "0.00 USD"), (view.Entries[0].Kind, view.Row.Balance.ToString()));
    }

    [Fact]
    public async Task A_viewer_settles_nothing()
    {
        await using var office = await Prepaid.Create();
        var grant = await office.TopUp(new(GrantKind.Purchased, 100));
        var viewer = await office.Scene.Person("vera", Roles.Viewer);

        await Scene.Refused("needs the role", () =>
            office.Scene.As<SettlePurchase>(viewer, settle => settle.Run(office.Wallet, grant, "Paid")));
        await Scene.Refused("needs the role", () =>
            office.Scene.As<CancelPurchase>(viewer, cancel => cancel.Run(office.Wallet, grant, "No")));
    }

    [Fact]
    public async Task A_tax_that_changes_before_the_approval_must_be_seen_first()
    {
        await using var office = await Prepaid.Create(taxed: true);
        var grant = await office.TopUp(new(GrantKind.Purchased, 100));
        var draft = await office.InvoiceOf(grant);
        await using (var db = await office.Scene.Open())
        {
            await db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.TaxCode, (string?)null));
        }

        await Scene.Refused("Refresh it", () => office.Scene.Approve(draft.Id));
        await office.Scene.As<RefreshInvoice>(office.Scene.Clerk, refresh => refresh.Run(draft.Id));
        await office.Scene.Approve(draft.Id);

        Assert.Equal("100.00 USD", (await office.InvoiceOf(grant)).Total.ToString());
    }

    private static Task<CreditNoteId> Credit(Prepaid office, InvoiceId invoice, decimal amount) =>
        office.Scene.Ask<CreateCreditNote, CreditNoteId>(office.Scene.Clerk, create => create.Run(
            invoice, new([CreditRequest.Of(0, amount)], CreditNoteReason.Other)));

    private static async Task Issue(Prepaid office, CreditNoteId note)
    {
        await office.Scene.As<ApproveCreditNote>(office.Scene.Approver, approve => approve.Run(note));
        await office.Scene.As<IssueCreditNote>(office.Scene.Approver, issue => issue.Run(note));
    }
}
