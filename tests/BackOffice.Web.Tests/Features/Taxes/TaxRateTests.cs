using BackOffice.Data.Identity;
using BackOffice.Web.Features.Taxes;
using BackOffice.Web.Tests.Features.Catalog;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Taxes;

public sealed class TaxRateTests
{
    private static readonly TaxRateInput Vat = new("de-vat", "VAT", "DE", 19, new LocalDate(2021, 1, 1));

    [Fact]
    public async Task A_rate_is_listed_with_what_is_in_force_today_and_who_uses_it()
    {
        await using var test = await TestOffice.Create();
        await test.AsApprover<AddTaxRate>(add => add.Run(Vat));
        await test.AddCustomer(Samples.Acme with { TaxCode = "de-vat" });
        var id = (await Queries(test).List()).Single().Id;

        await test.AsApprover<ChangeTaxRate>(change => change.Run(id, new LocalDate(2026, 3, 2), 20));
        await test.AsApprover<ChangeTaxRate>(change => change.Run(id, new LocalDate(2026, 3, 3), 21));

        var row = Assert.Single(await Queries(test).List());
        Assert.Equal([(21m, PercentageState.Coming), (20m, PercentageState.InForce), (19m, PercentageState.Past)],
            row.Percentages.Select(p => (p.Percent, p.State)));
        Assert.Equal((20m, 1, 0), (row.Current.Percent, row.Customers, row.OpenInvoices));
    }

    [Fact]
    public async Task A_percentage_starts_after_the_last_one_did()
    {
        await using var test = await TestOffice.Create();
        await test.AsApprover<AddTaxRate>(add => add.Run(Vat));
        var id = (await Queries(test).List()).Single().Id;

        var refusal = await Samples.Refused(() => test.AsApprover<ChangeTaxRate>(change => change.Run(id, Vat.ValidFrom, 20)));

        Assert.Equal("A new percentage must start after 2021-01-01, when the last one did.", refusal.Message);
    }

    [Fact]
    public async Task Two_rates_cannot_have_one_code()
    {
        await using var test = await TestOffice.Create();
        await test.AsApprover<AddTaxRate>(add => add.Run(Vat));

        var refusal = await Samples.Refused(() => test.AsApprover<AddTaxRate>(add => add.Run(Vat)));

        Assert.StartsWith("There is a tax rate with the code de-vat already.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Clerk)]
    public async Task Only_approvers_and_administrators_change_taxes(string role)
    {
        await using var test = await TestOffice.Create();
        var somebody = await test.AddPerson("somebody", role);

        var refusal = await Samples.Refused(() => test.As<AddTaxRate>(somebody, add => add.Run(Vat)));

        Assert.Equal("This needs the role Approver or Admin. Ask an administrator.", refusal.Message);
    }

    private static TaxQueries Queries(TestOffice test) => test.Services.CreateScope().ServiceProvider.GetRequiredService<TaxQueries>();
}
