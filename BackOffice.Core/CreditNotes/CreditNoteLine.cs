using BackOffice.Core.Common;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.CreditNotes;

/// <summary>What the note takes back of one line, as the note remembers it.</summary>
public sealed class CreditNoteLine
{
    private CreditNoteLine()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>The place of the line on the invoice, from 0.</summary>
    public int InvoiceLine { get; private init; }

    public decimal Units { get; private init; }

    /// <summary>Unrounded, in major units, before discount and tax.</summary>
    public decimal ExactAmount { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public long AmountMinor { get; private init; }

    public Money Amount => Money.OfMinor(AmountMinor, Currency);

    internal static CreditNoteLine Of(CreditedItem item) => new()
    {
        Id = Guid.CreateVersion7(),
        InvoiceLine = item.Line,
        Units = item.Units,
        ExactAmount = item.Exact,
        Currency = item.Amount.Currency,
        AmountMinor = item.Amount.MinorUnits,
    };
}

/// <summary>The tax of one rate that the note takes back.</summary>
public sealed class CreditNoteTax
{
    private CreditNoteTax()
    {
    }

    public Guid Id { get; private init; }

    public int Position { get; private init; }

    /// <summary>Null when no tax was charged.</summary>
    public string? Code { get; private init; }

    public string Name { get; private init; } = null!;

    public decimal Percent { get; private init; }

    public TaxCategory Category { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public long BaseMinor { get; private init; }

    public long TaxMinor { get; private init; }

    public Money Base => Money.OfMinor(BaseMinor, Currency);

    public Money Tax => Money.OfMinor(TaxMinor, Currency);

    internal static CreditNoteTax Of(TaxAmount tax, int position) => new()
    {
        Id = Guid.CreateVersion7(),
        Position = position,
        Code = tax.Code,
        Name = tax.Name,
        Percent = tax.Percent,
        Category = tax.Category,
        Currency = tax.Base.Currency,
        BaseMinor = tax.Base.MinorUnits,
        TaxMinor = tax.Tax.MinorUnits,
    };
}
