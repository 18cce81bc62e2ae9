using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.CreditNotes;

/// <summary>A credit note with money left for later invoices.</summary>
public sealed record CreditBalance(string Number, LocalDate IssuedOn, Money Balance);

/// <summary>What a credit note pays of an invoice.</summary>
public sealed record AppliedCredit(CreditBalance Note, Money Amount)
{
    public Money BalanceAfter => Note.Balance - Amount;
}

/// <summary>
/// Credit notes paying a later invoice: after tax, the oldest first, in the invoice's currency only (Lago's rule, guide §15).
/// </summary>
/// <param name="Applied">The notes that pay something, in the order they do.</param>
public sealed record CreditApplication(IReadOnlyList<AppliedCredit> Applied, Currency Currency)
{
    public Money Total => Applied.Select(applied => applied.Amount).Sum(Currency);

    /// <param name="due">The invoice's total with tax. Zero or less takes nothing.</param>
    /// <param name="notes">In any order; those of one day are used in the order given.</param>
    public static CreditApplication Of(Money due, IEnumerable<CreditBalance> notes)
    {
        var applied = new List<AppliedCredit>();
        foreach (var note in notes.Where(note => note.Balance.Currency == due.Currency).OrderBy(note => note.IssuedOn))
        {
            var amount = Money.OfMinor(Math.Min(note.Balance.MinorUnits, due.MinorUnits), due.Currency);
            if (amount.MinorUnits > 0)
            {
                applied.Add(new AppliedCredit(note, amount));
                due -= amount;
            }
        }

        return new CreditApplication(applied, due.Currency);
    }

    /// <summary>Each line's share of what is paid, in proportion to its amount with tax; the shares add up to the total.</summary>
    /// <param name="lines">The lines with their tax, zero or more.</param>
    public IReadOnlyList<Money> SharesOver(IReadOnlyList<Money> lines) =>
        Total.MinorUnits == 0 || lines.All(line => line.MinorUnits == 0)
            ? [.. lines.Select(_ => Money.Zero(Currency))]
            : Total.Allocate([.. lines.Select(line => line.Amount)]);

    /// <summary>The same in minor units with five places, as other systems state them; for comparison.</summary>
    public IReadOnlyList<decimal> FineSharesOver(IReadOnlyList<Money> lines)
    {
        var sum = lines.Sum(line => line.MinorUnits);
        return [.. lines.Select(line => sum == 0 ? 0 : Money.ToFiveDecimals((decimal)Total.MinorUnits * line.MinorUnits / sum))];
    }
}
