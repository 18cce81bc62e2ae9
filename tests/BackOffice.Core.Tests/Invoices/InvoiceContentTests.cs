using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Invoices;

public sealed class InvoiceContentTests
{
    private static InvoiceContent Of(string currency, decimal percent, params string[] amounts) => InvoiceContent.Of(
        [.. amounts.Select(amount => Line(Money.Of(D(amount), Currency.Of(currency))))],
        new TaxTreatment("TAX", "Tax", percent, null), Currency.Of(currency));

    [Theory]
    //          currency  percent   amounts                   tax       total       why
    [InlineData("USD",    "19",     "99.00 41.62 3.69 4.00",  "28.18",  "176.49",   "28.1789")]
    [InlineData("EUR",    "19",     "0.05 0.05 0.05",         "0.03",   "0.18",     "0.0285 on the sum")]
    [InlineData("EUR",    "10",     "0.04 0.04 0.04",         "0.01",   "0.13",     "0.012 on the sum; line by line it would be nothing")]
    [InlineData("EUR",    "7",      "0.50",                   "0.04",   "0.54",     "0.035: half goes away from zero")]
    [InlineData("JPY",    "10",     "105",                    "11",     "116",      "10.5 yen")]
    [InlineData("KWD",    "8.875",  "1.234",                  "0.110",  "1.344",    "0.1095175")]
    [InlineData("USD",    "0",      "10.00",                  "0",      "10.00",    "a rate of zero")]
    [InlineData("USD",    "19",     "",                       "0",      "0",        "no lines")]
    public void Rounds_the_tax_once_on_the_sum_of_the_lines(
        string currency, string percent, string amounts, string tax, string total, string why)
    {
        var content = Of(currency, D(percent), amounts.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.True((D(tax), D(total)) == (content.Tax.Amount, content.Total.Amount), $"{why}; got {content.Tax} and {content.Total}");
        Assert.Equal(content.Subtotal, Assert.Single(content.Taxes).Base);
    }

    [Fact]
    public void Lines_and_tax_add_up_to_the_total() =>
        Gen.Select(Gen.Long[0, 100_000_000L].List[0, 12], Gen.Int[0, 1_000_000]).Sample((minor, percent) =>
        {
            var content = InvoiceContent.Of([.. minor.Select(amount => Line(Money.OfMinor(amount, Usd)))],
                new TaxTreatment("TAX", "Tax", percent / 10_000m, null), Usd);
            return content.Total.MinorUnits == minor.Sum() + content.Taxes.Sum(tax => tax.Tax.MinorUnits)
                && decimal.Abs((content.Subtotal.Amount * percent / 1_000_000m) - content.Tax.Amount) <= 0.005m;
        });

    [Fact]
    public void Without_tax_the_note_says_why()
    {
        var content = InvoiceContent.Of([Line(Money.Of(10, Usd))], TaxTreatment.None("Reverse charge"), Usd);

        Assert.Equal(("Reverse charge", Money.Zero(Usd), Money.Of(10, Usd)), (content.TaxNote, content.Tax, content.Total));
        Assert.Equal(new TaxAmount(null, "No tax", 0, Money.Of(10, Usd), Money.Zero(Usd)), Assert.Single(content.Taxes));
    }

    [Fact]
    public void Never_adds_up_two_currencies() => Assert.Throws<InvalidOperationException>(
        () => InvoiceContent.Of([Line(Money.Of(1, Usd)), Line(Money.Of(1, Eur))], TaxTreatment.None(null), Usd));
}
