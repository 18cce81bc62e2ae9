namespace BackOffice.Core.Taxes;

/// <summary>Where a line's taxes come from, strongest first.</summary>
public enum TaxLevel
{
    /// <summary>The fee was paid with these taxes before; a document that only collects such fees keeps them.</summary>
    Kept,

    /// <summary>Named for this line, such as on a one-off invoice.</summary>
    Explicit,

    /// <summary>The line's own: of its charge, fixed charge or commitment.</summary>
    Own,

    Plan,

    Customer,

    Company,
}

/// <summary>The taxes each level has. The first level that has any wins as a whole: levels never add up.</summary>
/// <remarks>Taxes of one level add up without compounding (guide: Lago's precedence).</remarks>
public sealed record TaxLevels
{
    /// <summary>The taxes a fee was paid with before, perhaps none; null for a fee that is billed for the first time.</summary>
    public IReadOnlyList<LineTax>? Kept { get; init; }

    public IReadOnlyList<LineTax> Explicit { get; init; } = [];

    public IReadOnlyList<LineTax> Own { get; init; } = [];

    public IReadOnlyList<LineTax> Plan { get; init; } = [];

    public IReadOnlyList<LineTax> Customer { get; init; } = [];

    public IReadOnlyList<LineTax> Company { get; init; } = [];

    /// <summary>The level that decides; null when none has a tax.</summary>
    public TaxLevel? Level =>
        Kept is not null ? TaxLevel.Kept
        : Explicit.Count > 0 ? TaxLevel.Explicit
        : Own.Count > 0 ? TaxLevel.Own
        : Plan.Count > 0 ? TaxLevel.Plan
        : Customer.Count > 0 ? TaxLevel.Customer
        : Company.Count > 0 ? TaxLevel.Company
        : null;

    /// <summary>The taxes of that level; none when no level has one.</summary>
    public IReadOnlyList<LineTax> Taxes => Level switch
    {
        TaxLevel.Kept => Kept!,
        TaxLevel.Explicit => Explicit,
        TaxLevel.Own => Own,
        TaxLevel.Plan => Plan,
        TaxLevel.Customer => Customer,
        TaxLevel.Company => Company,
        _ => [],
    };

    /// <summary>A sentence for the reader of a line.</summary>
    public string InWords => Level switch
    {
        TaxLevel.Kept => "The fee was paid with these taxes before.",
        TaxLevel.Explicit => "The taxes were named for this line.",
        TaxLevel.Own => "The taxes are the line's own.",
        TaxLevel.Plan => "The line has no taxes of its own; the plan's apply.",
        TaxLevel.Customer => "Neither the line nor the plan has taxes; the customer's apply.",
        TaxLevel.Company => "Neither the line, the plan nor the customer has taxes; the company's apply.",
        _ => "No tax is charged: neither the line, the plan, the customer nor the company has one.",
    };
}
