using BackOffice.Core.Billing;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>The engine against a second implementation. CsCheck prints the seed of an account where they differ.</summary>
public sealed class OracleTests
{
    [Theory]
    [InlineData("JPY", 500, "no decimal places")]
    [InlineData("EUR", 1_500, "two")]
    [InlineData("KWD", 500, "three")]
    public void Every_document_agrees_with_a_second_implementation(string currency, int accounts, string why) =>
        RandomAccounts.Of(Currency.Of(currency)).Sample(
            random => Agree(random), iter: accounts, print: random => $"{Difference(random)}({why})");

    private static bool Agree(RandomAccount random) => Difference(random).Length == 0;

    // The first document that differs, as both see it.
    private static string Difference(RandomAccount random)
    {
        var ours = random.Due().Where(document => !document.IsEmpty || document.Notes.Count > 0).Select(Print).ToList();
        var theirs = NaiveBill.Of(random.Account, random.Usage, random.Through)
            .Where(document => document.Lines.Count > 0 || document.Notes.Count > 0).Select(document => document.Print()).ToList();
        var differs = Enumerable.Range(0, Math.Max(ours.Count, theirs.Count))
            .FirstOrDefault(i => ours.ElementAtOrDefault(i) != theirs.ElementAtOrDefault(i), -1);
        return differs < 0 ? "" : $"\nengine: {ours.ElementAtOrDefault(differs)}\noracle: {theirs.ElementAtOrDefault(differs)}\n";
    }

    private static string Print(BillingDocument document)
    {
        var content = document.Content;
        decimal OffLine(int i) => content.Discounts.Sum(discount => discount.Shares[i]) * document.Currency.Scale;
        var lines = content.Lines.Select((line, i) => $"{line.Name} {line.Period} {line.Amount.MinorUnits}-{OffLine(i):0.#####}");
        var taxes = content.Taxes.Where(tax => tax.Code is not null).OrderBy(tax => tax.Code, StringComparer.Ordinal)
            .Select(tax => $"{tax.Code} {tax.Base.MinorUnits} {tax.Tax.MinorUnits}");
        return $"{document.DueAt}: {string.Join(", ", lines)} | {string.Join(", ", taxes)}"
            + $" | {string.Join(", ", document.Notes.Select(note => note.Content.Total.MinorUnits))}"
            + $" | {content.Total.MinorUnits} - {document.Credits.Total.MinorUnits} - {document.Wallets.Total.MinorUnits}"
            + $" = {content.Due.MinorUnits}";
    }
}
