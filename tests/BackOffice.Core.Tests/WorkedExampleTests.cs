using System.Runtime.CompilerServices;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests;

/// <summary>The figures of docs/domain, read from the pages and computed by the engine.</summary>
public sealed class WorkedExampleTests
{
    [Fact]
    public void The_annual_minimum_is_what_the_page_says()
    {
        var rows = Table("commitments.md", "Month of 2026");
        var billed = rows[..^1].Select(row =>
            Money.Rounded(Exact.Multiply(Math.Max(0, Number(row[1]) - 10_000), D("0.002")), Eur)).ToList();

        Assert.Equal(rows[..^1].Select(row => Eu(row[2])), billed);
        Assert.Equal(Eu(rows[^1][2]), billed.Sum(Eur));
        var breakage = new Commitment("Annual minimum", Money.Of(1200, Eur)).TrueUp(billed.Sum(Eur), 365, 365)!.Amount;
        Assert.Contains($"1,200.00 − {billed.Sum(Eur).Amount} = **{breakage.Amount}**", Page("commitments.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_notes_are_what_the_page_says()
    {
        var vat = new LineTax("VAT", "VAT", 20);
        var invoice = CreditableInvoice.Of(TaxSheet.Of(
            [.. Table("credit-notes.md", "Note").Select(row => new TaxableLine(Eu(row[1]), [vat]))], Money.Zero(Eur)));
        foreach (var (row, line) in Table("credit-notes.md", "Note").Select((row, line) => (row, line)))
        {
            var note = invoice.Estimate([CreditRequest.Whole(line)]);
            invoice = invoice.After(note);
            Assert.Equal([.. row[1..].Select(Eu)], [note.Net, note.Tax, note.Total, invoice.Left]);
        }
    }

    [Fact]
    public void The_totals_are_what_the_page_says()
    {
        var steps = Table("totals.md", "Step").ToDictionary(row => row[0].Split([':', ','])[0].Trim(' ', '*'), row => Number(row[1]));
        var vat = new LineTax("VAT", "VAT", 19);
        var (before, coupon) = (-steps["Billed on 14 October"], -steps["Coupon \"Welcome\""]);
        var totals = InvoiceTotals.Of(
            [new TaxableLine(Money.Of(steps["Base fee"], Eur), [vat]), new TaxableLine(Money.Of(steps["Usage"], Eur), [vat])],
            [
                new LineDiscount(DiscountKind.ProgressiveCredit, "before", Money.Of(before, Eur), [0, before]),
                new LineDiscount(DiscountKind.Coupon, "coupon", Money.Of(coupon, Eur), [coupon, 0]),
            ],
            [
                new Settlement(SettlementKind.CreditNote, "note", Money.Of(-steps["Credit note INV-2026-000009-CN001"], Eur)),
                new Settlement(SettlementKind.Wallet, "wallet", Money.Of(-steps["Wallet"], Eur)),
            ],
            Eur);

        Assert.Equal(
            [steps["Lines"], steps["Net"], steps["VAT 19 %"], steps["Total"], steps["Due"]],
            [totals.Lines.Amount, totals.Net.Amount, totals.Tax.Amount, totals.Total.Amount, totals.Due.Amount]);
    }

    private static Money Eu(string text) => Money.Of(Number(text), Eur);

    private static decimal Number(string text) =>
        D(text.Trim(' ', '*').Replace("−", "-", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal));

    /// <summary>The rows of the table whose first heading is this, without headings.</summary>
    private static string[][] Table(string page, string heading) =>
        [.. Page(page).Split('\n').SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))];

    private static string Page(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "domain", name));
}
