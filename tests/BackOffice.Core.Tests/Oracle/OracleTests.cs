using BackOffice.Core.Billing;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>The engine against a second implementation. CsCheck prints the seed of an account where they differ.</summary>
public sealed class OracleTests
{
    [Theory]
    [InlineData("JPY", 400, "no decimal places")]
    [InlineData("EUR", 1_000, "two")]
    [InlineData("KWD", 400, "three")]
    public void Every_document_agrees_with_a_second_implementation(string currency, int accounts, string why)
    {
        var occurred = new Occurrences();
        RandomAccounts.Of(Currency.Of(currency)).Sample(
            random => Difference(random, occurred).Length == 0, iter: accounts, print: random => $"{Difference(random, occurred)}({why})");
        occurred.AllOccurred(times: accounts / 200);
    }

    [Fact]
    public void The_same_forty_accounts_agree_every_time()
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var random = RandomAccounts.Of(Eur).Generate(new PCG(1, seed), null, out _);
            Assert.Equal("", Difference(random, new Occurrences()));
        }
    }

    // The first document that differs, as both see it.
    private static string Difference(RandomAccount random, Occurrences occurred)
    {
        var due = random.Due();
        occurred.Note(random, due);
        var ours = due.Where(document => !document.IsEmpty || document.Notes.Count > 0)
            .Select(document => Print(document, random.Account.Wallets.Count)).ToList();
        var theirs = NaiveBill.Of(random.Account, random.Usage, random.Through)
            .Where(document => document.Lines.Count > 0 || document.Notes.Count > 0).Select(document => document.Print()).ToList();
        var differs = Enumerable.Range(0, Math.Max(ours.Count, theirs.Count))
            .FirstOrDefault(i => ours.ElementAtOrDefault(i) != theirs.ElementAtOrDefault(i), -1);
        return differs < 0 ? "" : $"\nengine: {ours.ElementAtOrDefault(differs)}\noracle: {theirs.ElementAtOrDefault(differs)}\n";
    }

    private static string Print(BillingDocument document, int wallets)
    {
        var content = document.Content;
        decimal OffLine(int i) => content.Discounts.Sum(discount => discount.Shares[i]) * document.Currency.Scale;
        var lines = content.Lines.Select((line, i) =>
            $"{line.Name}{line.Filter}/{line.Group} {line.Period} {line.Amount.MinorUnits}-{OffLine(i):0.#####}");
        var taxes = content.Taxes.Where(tax => tax.Code is not null).OrderBy(tax => tax.Code, StringComparer.Ordinal)
            .Select(tax => $"{tax.Code} {tax.Base.MinorUnits} {tax.Tax.MinorUnits}");
        var notes = document.Notes.Select(note => note.Split)
            .Select(split => $"{split.Credit.MinorUnits}+{split.Refund.MinorUnits}+{split.Offset.MinorUnits}");
        return $"{document.DueAt}: {string.Join(", ", lines)} | {string.Join(", ", taxes)} | {string.Join(", ", notes)}"
            + $" | {content.Total.MinorUnits} - {document.Credits.Total.MinorUnits}"
            + $" - {string.Join('-', Enumerable.Range(0, wallets).Select(i => document.Wallets.UsedOf(i).MinorUnits))}"
            + $" = {content.Due.MinorUnits}";
    }
}
