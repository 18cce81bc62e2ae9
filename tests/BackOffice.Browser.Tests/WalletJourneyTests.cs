using System.Text;
using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;

namespace BackOffice.Browser.Tests;

/// <summary>Credits are bought, burn down with usage, are topped up by a rule, pay an invoice in their order, and expire.</summary>
public sealed class WalletJourneyTests(Chromium chromium)
{
    private const string OttosMail = "otto@nordlicht.example";
    private static readonly Instant InMidMonth = Instant.FromUtc(2024, 2, 12, 6, 0);
    private static readonly Instant AfterTheMonth = Instant.FromUtc(2024, 3, 1, 9, 0);

    [Fact]
    public async Task A_prepaid_customer_burns_down()
    {
        await using var office = new Office(chromium, InMidMonth);
        await Prepare(office);
        var cleo = await SignedIn(office, "Cleo Clerk", FilledOffice.EverythingMail, Roles.Clerk);
        var otto = await SignedIn(office, "Otto Approver", OttosMail, Roles.Approver);

        await cleo.OpenWallet("acme", "Prepaid");
        var wallet = cleo.Page.Url;
        await cleo.TopUp("Granted for free", "20", "Welcome", "5", "2024-02-29");
        await cleo.TopUp("Granted for free", "30", "Goodwill", "10");
        await cleo.TopUp("Bought", "100", "February");
        await cleo.BalanceIs("50.00 EUR");
        await cleo.DoesNotSee("were paid");
        await IssuePurchase(cleo, otto);

        await cleo.Open(wallet);
        await cleo.SayPaid("Bank statement 12");
        await cleo.BalanceIs("150.00 EUR");
        await cleo.OngoingIs("150.00 EUR");
        await cleo.AddThresholdRule("60", "80", "When the ongoing balance is not above 60 credits: buys 80 credits.");
        await cleo.Pictures("wallet-journey");

        await ImportUsage(cleo);
        await RuleFires(cleo, wallet);

        office.ComesTo(AfterTheMonth);
        await SignInAgain(cleo, FilledOffice.EverythingMail); // A session does not last two weeks.
        await SignInAgain(otto, OttosMail);
        await BillFebruary(cleo, otto);
        await cleo.Open(wallet);
        await cleo.BalanceIs("34.80 EUR");
        await cleo.LedgerIs(
            ("Spent", "−95.20 EUR", "34.80 EUR"), ("Expired", "−20.00 EUR", "130.00 EUR"), ("Purchased", "100.00 EUR", "150.00 EUR"),
            ("Granted", "30.00 EUR", "50.00 EUR"), ("Granted", "20.00 EUR", "20.00 EUR"));
        await cleo.Reads("30.00 EUR of grant 2 (granted), 65.20 EUR of grant 3 (purchased)");
        await cleo.Reads("Breakage");
        await cleo.Pictures("wallet-journey-end");
        Assert.Empty(office.Complaints);
    }

    private static async Task IssuePurchase(Person cleo, Person otto)
    {
        await cleo.Follow("Invoice, not issued");
        await cleo.Reads("It sells credits. They come when somebody says on the wallet's page that it was paid.");
        await cleo.DoesNotSee("Approve");
        await otto.OpenInvoice("acme");
        await otto.LineIs("February", "100 credits", "100.00");
        await otto.TotalsAre(("Subtotal", "100.00"), ("No tax", "0.00"), ("Total", "100.00 EUR"));
        await otto.Approve();
        await otto.Issue();
        var text = await Pdf.Text(await Pdf.Download(otto, new Uri(otto.Page.Url).AbsolutePath));
        Assert.All(["February", "100 credits", "It is charged on what the credits pay for."],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static async Task ImportUsage(Person cleo)
    {
        var file = "subscription,timestamp,calls\nacme-1,2024-02-10T10:00:00Z,25\nacme-1,2024-02-11T10:00:00Z,15\n";
        await cleo.Upload(new FilePayload { Name = "calls.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await cleo.Import();
        await cleo.ReportSays(("accepted", "2"), ("rejected", "0"));
    }

    // 40 calls at 2.00 and 19 % of tax are 95.20: 54.80 is not above 60, so the rule has bought by itself.
    private static async Task RuleFires(Person cleo, string wallet)
    {
        await cleo.Open(wallet);
        await cleo.OngoingIs("54.80 EUR");
        for (var tries = 0; tries < 20 && await cleo.Row("Top-up").CountAsync() == 0; tries++)
        {
            await Task.Delay(500);
            await cleo.Open(wallet);
        }

        await Assertions.Expect(cleo.Row("Top-up")).ToContainTextAsync("80.00 EUR");
        await Assertions.Expect(cleo.Row("Top-up")).ToContainTextAsync("Needs approval");
        await Assertions.Expect(cleo.Row("When the ongoing balance")).ToContainTextAsync("Active");
        await cleo.BalanceIs("150.00 EUR");
    }

    private static async Task BillFebruary(Person cleo, Person otto)
    {
        await cleo.Preview("2024-02-29");
        await cleo.Press("Make drafts");
        await cleo.Sees("Run 1");
        await otto.Open("/runs");
        await otto.Follow("Run 1");
        await otto.Page.Locator(".item-invoice").GetByRole(AriaRole.Link).First.ClickAsync();
        await otto.Page.Locator("article.paper").WaitForAsync();
        await otto.TotalsAre(
            ("Subtotal", "80.00"), ("VAT 19 %", "15.20"), ("Total", "95.20 EUR"), ("Wallet prepaid", "−95.20"),
            ("Amount due", "0.00 EUR"));
        await otto.Approve();
        await otto.Issue();
    }

    private static async Task<Person> SignedIn(Office office, string name, string mail, string role)
    {
        await FilledOffice.AddPerson(office, name, mail, role);
        var person = new Person(await office.Window());
        await SignInAgain(person, mail);
        return person;
    }

    private static async Task SignInAgain(Person person, string mail)
    {
        await person.SignIn(mail, FilledOffice.Password);
        await person.Sees("Home");
    }

    private static async Task Prepare(Office office)
    {
        await using var scope = office.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
        await using (var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync())
        {
            var address = new Address("Hafenweg 1", "20457", "Hamburg", null, "DE");
            var calls = Metric.Create("calls", "Calls", Aggregation.Sum, "calls", "calls");
            var plan = Plan.Create("api", "API", Currency.Of("EUR"));
            plan.Edit(Money.Zero(plan.Currency), [Charge.Of("Calls", calls.Id, new PerUnitPrice(2))]);
            plan.Publish(InMidMonth);
            db.AddRange(
                Company.Create(new("Nordlicht Cloud GmbH", address, "DE739853787", "billing@nordlicht.example", null, null, "EUR",
                    "Europe/Berlin", "INV-{yyyy}-{seq:6}", 14)),
                TaxRate.Create("DE-VAT", "VAT", "DE", 19, new(2020, 1, 1)), calls, plan,
                Customer.Create(new("acme", "acme", address, "Europe/Berlin", null, null, "DE-VAT", null, 30)));
            await db.SaveChangesAsync();
        }

        await scope.ServiceProvider.GetRequiredService<StartSubscription>().Run(new("acme-1", "acme", "api", new LocalDate(2024, 2, 1)));
    }
}
