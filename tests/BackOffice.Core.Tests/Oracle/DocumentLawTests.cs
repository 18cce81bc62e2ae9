using BackOffice.Core.Billing;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>What is true of every document of every account, in every currency. CsCheck prints the seed of one that breaks a law.</summary>
public sealed class DocumentLawTests
{
    [Theory]
    [InlineData("JPY", "no decimal places")]
    [InlineData("EUR", "two")]
    [InlineData("KWD", "three")]
    public void Lines_add_up_to_the_subtotal_the_tax_the_total_and_what_is_due(string currency, string why) =>
        RandomAccounts.Of(Currency.Of(currency)).Sample(random =>
            Assert.All(random.Due(), document => Assert.True(AddsUp(document), why)), iter: 120);

    [Fact]
    public void Usage_that_comes_in_parts_and_in_any_order_costs_the_same() =>
        Gen.Select(RandomAccounts.Of(Eur), Gen.Int[1, 6], Gen.Int).Sample((random, parts, seed) =>
        {
            var log = UsageLog.Empty;
            var order = new Random(seed);
            for (var life = 0; life < random.Usage.Count; life++)
            {
                foreach (var part in random.Usage[life].OrderBy(_ => order.Next()).Chunk(1 + (random.Usage[life].Count / parts)))
                {
                    log = log.With(random.Account.Lives[life].Subscription, part);
                }
            }

            return Figures(BillingEngine.Due(random.Account, log, random.Through)) == Figures(random.Due());
        }, iter: 120);

    [Fact]
    public void A_preview_is_the_bill_also_when_it_is_made_one_document_after_the_other() =>
        RandomAccounts.Of(Eur).Sample(random =>
        {
            var account = random.Account;
            foreach (var document in random.Due())
            {
                var next = BillingEngine.Due(account, random.Log, document.DueAt)[0];
                if (Figures([next]) != Figures([document]))
                {
                    return false;
                }

                account = account.After(next);
            }

            return BillingEngine.Due(account, random.Log, random.Through).Count == 0;
        }, iter: 12);

    private static bool AddsUp(BillingDocument document)
    {
        var (content, totals) = (document.Content, document.Totals);
        var lines = content.Lines.Sum(line => line.Amount.MinorUnits);
        var discount = content.Discounts.Sum(each => each.Amount.MinorUnits);
        var tax = content.Taxes.Sum(each => each.Tax.MinorUnits);
        var settled = content.Settled.Sum(each => each.Amount.MinorUnits);
        return (content.Subtotal.MinorUnits, content.Discount.MinorUnits, content.Tax.MinorUnits) == (lines, discount, tax)
            && content.Total.MinorUnits == lines - discount + tax && content.Due.MinorUnits == lines - discount + tax - settled
            && totals.Total == content.Total && totals.Net.MinorUnits == lines - discount && content.Due.MinorUnits >= 0
            && content.Lines.All(line => line.Amount == Money.Rounded(Core.Pricing.PriceStep.Total(line.Steps), line.Amount.Currency));
    }

    private static string Figures(IEnumerable<BillingDocument> documents) => string.Join("\n", documents.Select(document =>
        $"{document.DueAt} {document.Content.Total} {document.Content.Due} "
        + string.Join(", ", document.Lines.Select(line => $"{line.Name} {line.Period} {line.Quantity} {line.Amount}"))));
}
