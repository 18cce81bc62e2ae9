using System.Globalization;
using BackOffice.Core.Billing;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Billing;

public sealed class SafetyBoundsTests
{
    private static InvoiceContent Of(string amount, string quantity = "1", decimal percent = 0) => InvoiceContent.Of(
        [Line(Money.Of(1, Usd)), Line(Money.Of(D(amount), Usd), "Tokens", D(quantity))], new TaxTreatment("X", "Tax", percent, null), Usd);

    [Theory]
    [InlineData("999999999", "1")]
    [InlineData("1", "1000000000000000000")]
    public void Lets_pass_what_may_be_real(string amount, string quantity) => SafetyBounds.Check(Of(amount, quantity));

    [Theory]
    [InlineData("999999999.01", 0, "The total would be 1000000000.01 USD, which cannot be right. Check the usage and the prices.")]
    [InlineData("900000000", 19, "The total would be 1071000001.19 USD, which cannot be right. Check the usage and the prices.")]
    public void Refuses_an_absurd_total_tax_included(string amount, int percent, string message) =>
        Assert.Equal(message, Assert.Throws<RuleBroken>(() => SafetyBounds.Check(Of(amount, "1", percent))).Message);

    [Fact]
    public void Refuses_an_absurd_quantity_in_the_same_words_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(
                "\"Tokens\" of subscription acme-pro measured 1,000,000,000,000,000,000.5 units, which cannot be right. Check its usage.",
                Assert.Throws<RuleBroken>(() => SafetyBounds.Check(Of("1", "1000000000000000000.5"))).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
