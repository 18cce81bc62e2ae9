using BackOffice.Core.CreditNotes;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>How much of a line is taken back.</summary>
public enum CreditHow
{
    Nothing,
    AllThatIsLeft,
    Amount,
    Units,
}

/// <summary>What is taken back of a line, while it is typed.</summary>
/// <param name="place">The place of the line on the invoice, from 0.</param>
public sealed class CreditLineDraft(int place, CreditableLine line)
{
    public CreditableLine Line { get; } = line;

    public CreditHow How { get; set; }

    public decimal? Amount { get; set; }

    public decimal? Units { get; set; }

    /// <summary>Null while nothing is asked for.</summary>
    /// <exception cref="Core.Common.RuleBroken">The amount or the units are out of bounds.</exception>
    public CreditRequest? Request => this switch
    {
        { How: CreditHow.AllThatIsLeft } => CreditRequest.Whole(place),
        { How: CreditHow.Amount, Amount: { } amount } => CreditRequest.Of(place, amount),
        { How: CreditHow.Units, Units: { } units } => CreditRequest.OfUnits(place, units),
        _ => null,
    };
}
