using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests;

/// <summary>The first month of a new installation, from the set-up link to the printed invoice, with every figure.</summary>
public sealed class JourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_real_month_of_usage_becomes_an_invoice_that_explains_itself_to_the_cent()
    {
        await using var office = new Office(chromium);
        var ana = new Person(await office.Window());
        var otto = new Person(await office.Window());

        await SetUp(office, ana);
        await DefinePlan(ana);
        await PublishPlan(otto);

        Assert.Empty(office.Complaints);
    }

    private static async Task SetUp(Office office, Person ana)
    {
        await ana.SetUp(office.SetUpLink);
        await ana.Reads("BackOffice is set up.");
        await ana.SignIn(SetupScreens.AdminMail, SetupScreens.AdminPassword);
        await ana.Sees("Home");
    }

    private static async Task DefinePlan(Person ana)
    {
        await ana.DefineMetric("input_tokens", "Input tokens", "tokens", isSum: true);
        await ana.DefineMetric("output_tokens", "Output tokens", "tokens", isSum: true);
        await ana.DefineMetric("requests", "Requests", "requests", isSum: false);

        await ana.StartPlan("AI API", "USD", "99.00");
        var input = await ana.AddCharge(1, "Input tokens", "Graduated");
        await Person.Choose(input, "Unit price is per", "1,000,000 units");
        await input.PriceTiers(("1000000", "3.00"), ("10000000", "2.50"), (null, "2.00"));
        await input.HasPrice("First 1,000,000 at 3.00 USD; 1,000,000 to 10,000,000 at 2.50 USD; above 10,000,000 at 2.00 USD, per 1,000,000");
        var output = await ana.AddCharge(2, "Output tokens", "Per unit");
        await Person.Choose(output, "Unit price is per", "1,000,000 units");
        await Person.Fill(output, "Unit price", "15.00");
        await output.HasPrice("15.00 USD per 1,000,000");
        var requests = await ana.AddCharge(3, "Requests", "Package");
        await Person.Fill(requests, "Units in a package", "1000");
        await Person.Fill(requests, "Price of a package", "0.50");
        await Person.Fill(requests, "Free units", "1000");
        await requests.HasPrice("First 1,000 free, then 0.50 USD for each package of 1,000, a started package in full");

        await ana.Costs(1, "Input tokens", "18059974", "41.619948 USD", "41.62 USD");
        await ana.Costs(2, "Output tokens", "245896", "3.68844 USD", "3.69 USD");
        await ana.Costs(3, "Requests", "8819", "4.00 USD", "4.00 USD");
        await Assertions.Expect(ana.Page.Locator("[data-total]")).ToHaveTextAsync("148.31 USD");
        await ana.SaveDraft("AI API");
        await ana.DoesNotSee("Publish version 1");
    }

    private static async Task PublishPlan(Person otto)
    {
        await otto.SignIn(SetupScreens.ApproverMail, SetupScreens.TemporaryPassword);
        await otto.ChooseOwnPassword(SetupScreens.TemporaryPassword, SetupScreens.ApproverPassword);
        await otto.Publish("AI API");
    }
}
