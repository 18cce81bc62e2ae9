using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>Whom we bill for.</summary>
/// <param name="TaxCode">Empty for a customer without tax.</param>
public sealed record CustomerForm(
    string Name, string Code, string Street, string PostalCode, string City, string Country, string Zone, string TaxCode,
        string TaxNumber, string Note);

/// <summary>Customers and their subscriptions.</summary>
public static class CustomerScreens
{
    public static async Task AddCustomer(this Person person, CustomerForm customer)
    {
        await person.Open("/customers/new");
        var code = person.Page.GetByLabel("Code", new() { Exact = true });
        await person.Fill("Name", customer.Name);
        await Assertions.Expect(code).Not.ToHaveValueAsync("");
        await person.Fill("Code", customer.Code);
        await person.Fill("Street and number", customer.Street);
        await person.Fill("Postal code", customer.PostalCode);
        await person.Fill("City", customer.City);
        await person.Page.GetByLabel("Country", new() { Exact = true }).SelectOptionAsync(customer.Country);
        await person.Page.GetByLabel("Tax rate", new() { Exact = true }).SelectOptionAsync(customer.TaxCode);
        await person.Fill("Tax number", customer.TaxNumber);
        await person.Fill("Note printed on invoices", customer.Note);
        await person.Page.GetByLabel("Time zone", new() { Exact = true }).SelectOptionAsync(customer.Zone);
        await person.Press("Create customer");
        await person.Sees(customer.Name);
        await person.Reads($"Code {customer.Code}");
    }

    public static async Task Subscribe(this Person person, string customer, string code, string firstDay)
    {
        await person.Open("/subscriptions/new");
        await person.Page.GetByLabel("Customer", new() { Exact = true }).SelectOptionAsync(customer);
        await Assertions.Expect(person.Page.GetByLabel("Code", new() { Exact = true })).ToHaveValueAsync($"{customer}-ai-api");
        await person.Fill("Code", code);
        await person.Fill("First day", firstDay);
        await Assertions.Expect(person.Page.Locator("[data-first-bill]")).ToContainTextAsync("1 Nov 2023");
        await person.Press("Start subscription");
        await person.Sees("Subscriptions");
        await Assertions.Expect(person.Row(code)).ToContainTextAsync("AI API, version 1");
    }
}
