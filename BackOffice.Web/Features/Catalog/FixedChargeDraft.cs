using BackOffice.Core.Catalog;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A fixed charge while it is typed.</summary>
public sealed class FixedChargeDraft
{
    /// <summary>Tells the charges of a page apart; never stored.</summary>
    public Guid Key { get; } = Guid.CreateVersion7();

    public string? Code { get; set; }

    public string? Name { get; set; }

    public decimal? Units { get; set; } = 1;

    public PriceDraft Price { get; private init; } = new();

    public bool PayInAdvance { get; set; }

    public bool Prorated { get; set; }

    /// <summary>Separated by commas.</summary>
    public string? TaxCodes { get; set; }

    public string? Missing => string.IsNullOrWhiteSpace(Name) ? "Enter what the invoice line says."
        : string.IsNullOrWhiteSpace(Code) ? "Enter a code."
        : Price.Gap();

    public static FixedChargeDraft Of(FixedCharge charge) => new()
    {
        Code = charge.Code,
        Name = charge.Name,
        Units = charge.Units,
        Price = PriceDraft.Of(charge.Price),
        PayInAdvance = charge.PayInAdvance,
        Prorated = charge.Prorated,
        TaxCodes = NameList.Write(charge.TaxCodes),
    };

    /// <summary>The same under a code that is free.</summary>
    /// <param name="taken">The codes of the plan's fixed charges.</param>
    public FixedChargeDraft Copy(IReadOnlyList<string?> taken) => new()
    {
        Code = string.IsNullOrWhiteSpace(Code) ? null
            : Enumerable.Range(2, taken.Count + 1).Select(number => $"{Code}-{number}").First(code => !taken.Contains(code)),
        Name = Name,
        Units = Units,
        Price = Price.Copy(),
        PayInAdvance = PayInAdvance,
        Prorated = Prorated,
        TaxCodes = TaxCodes,
    };

    /// <exception cref="RuleBroken">Something is missing or refused; the message names the field.</exception>
    public FixedCharge ToCharge() => Missing is { } gap
        ? throw new RuleBroken(gap)
        : new FixedCharge(Code!, Name!, Units ?? 0, Price.ToPrice())
        {
            PayInAdvance = PayInAdvance,
            Prorated = Prorated,
            TaxCodes = NameList.Read(TaxCodes),
        };
}
