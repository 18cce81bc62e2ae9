using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>Metrics and plans.</summary>
public static class CatalogScreens
{
    public static async Task DefineMetric(this Person person, string code, string name, string unit, bool isSum)
    {
        await person.Open("/metrics/new");
        await person.Fill("Name", name);
        await Assertions.Expect(person.Page.GetByLabel("Code", new() { Exact = true })).Not.ToHaveValueAsync("");
        await person.Fill("Code", code);
        if (isSum)
        {
            await person.Fill("Property", code);
        }
        else
        {
            await person.Choose("How events become a quantity", "Count – the number of events");
            await Assertions.Expect(person.Page.GetByLabel("Property", new() { Exact = true })).ToHaveCountAsync(0);
        }

        await person.Fill("Unit", unit);
        await person.Press("Create metric");
        await person.Sees("Metrics");
        await Assertions.Expect(person.Row(name)).ToContainTextAsync(code);
    }

    public static async Task StartPlan(this Person person, string name, string currency, string baseFee)
    {
        await person.Open("/plans/new");
        await person.Fill("Name", name);
        await Assertions.Expect(person.Page.GetByLabel("Code", new() { Exact = true })).ToHaveValueAsync("ai-api");
        await person.Page.GetByLabel("Currency", new() { Exact = true }).SelectOptionAsync(currency);
        await person.Fill("Base fee per month", baseFee);
    }

    /// <summary>Adds a charge for a metric with a price model, and returns its part of the page.</summary>
    public static async Task<ILocator> AddCharge(this Person person, int number, string metric, string model)
    {
        await person.Press("Add usage charge");
        var charge = person.Page.Locator($"[data-charge='{number}']");
        await Person.Choose(charge, "Metric", metric);
        await Assertions.Expect(charge.GetByLabel("Invoice line", new() { Exact = true })).ToHaveValueAsync(metric);
        await Person.Choose(charge, "Price model", model);
        return charge;
    }

    public static async Task PriceTiers(this ILocator charge, params (string? UpTo, string UnitPrice)[] tiers)
    {
        await charge.Locator("[data-tier='1']").WaitForAsync();
        foreach (var (tier, number) in tiers.Select((tier, i) => (tier, i + 1)))
        {
            var row = charge.Locator($"[data-tier='{number}']");
            if (tier.UpTo is not null && !await row.GetByLabel("Up to", new() { Exact = true }).IsVisibleAsync())
            {
                await Person.Press(charge, "Add tier");
            }

            if (tier.UpTo is not null)
            {
                await Person.Fill(row, "Up to", tier.UpTo);
            }

            await Person.Fill(row, "Unit price", tier.UnitPrice);
        }
    }

    public static Task HasPrice(this ILocator charge, string words) =>
        Assertions.Expect(charge.Locator("[data-words]")).ToHaveTextAsync(words);

    /// <summary>Asks the calculator for a quantity and checks what it answers.</summary>
    public static async Task Costs(this Person person, int charge, string line, string quantity, string exact, string rounded)
    {
        var part = person.Page.Locator($"[data-calculator='{charge}']");
        await Person.Fill(part, line, quantity);
        await Assertions.Expect(part.Locator("[data-exact]")).ToHaveTextAsync(exact);
        await Assertions.Expect(part.Locator("[data-rounded]")).ToHaveTextAsync(rounded);
    }

    public static async Task SaveDraft(this Person person, string plan)
    {
        await person.Press("Save draft");
        await person.Sees(plan);
        await person.Reads("This draft charges");
    }

    public static async Task Publish(this Person person, string plan)
    {
        await person.Open("/plans");
        await person.Follow(plan);
        await person.Sees(plan);
        await person.Press("Publish version 1");
        await Person.Press(person.Page.GetByRole(AriaRole.Dialog), "Publish");
        await person.Reads("Version 1 charges");
    }
}
