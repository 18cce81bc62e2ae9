namespace BackOffice.Web.Documents;

/// <summary>
/// Everything an invoice or credit note says, as it is to be printed. Amounts, quantities and rates are texts:
/// whoever fills this in knows the currency and the precision, and nothing here calculates.
/// </summary>
public sealed record InvoiceDocument
{
    public InvoiceDocumentKind Kind { get; init; } = InvoiceDocumentKind.Invoice;

    /// <summary>A draft is marked as such on every page and asks nobody for money.</summary>
    public bool IsDraft { get; init; }

    /// <summary>When and why it was withdrawn; null while it stands. It is marked on every page and asks nobody for money.</summary>
    public string? Voided { get; init; }

    /// <summary>Whether somebody is asked to pay it.</summary>
    public bool Stands => !IsDraft && Voided is null;

    /// <summary>Null until the document is issued.</summary>
    public string? Number { get; init; }

    /// <summary>The day it was issued; of a draft, the day it was drawn up.</summary>
    public required DateOnly IssueDate { get; init; }

    public DateOnly? DueDate { get; init; }

    public string? ServicePeriod { get; init; }

    /// <summary>The code printed with the amounts, such as EUR.</summary>
    public required string Currency { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>Further rows of the details block, such as the invoice a credit note corrects.</summary>
    public IReadOnlyList<LabelledText> References { get; init; } = [];

    public required DocumentParty Seller { get; init; }

    public required DocumentParty Buyer { get; init; }

    public required IReadOnlyList<InvoiceDocumentGroup> Groups { get; init; }

    public required string Subtotal { get; init; }

    /// <summary>What is taken off before tax, below zero.</summary>
    public IReadOnlyList<LabelledText> Discounts { get; init; } = [];

    public IReadOnlyList<TaxBreakdownRow> Taxes { get; init; } = [];

    public required string Total { get; init; }

    /// <summary>What stands between the total and the amount due, such as a credit or a payment on account.</summary>
    public IReadOnlyList<LabelledText> Settlements { get; init; } = [];

    public required string AmountDue { get; init; }

    public PaymentDetails? Payment { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the law wants on a letter: company register, managing directors. On every page.</summary>
    public IReadOnlyList<string> FooterLines { get; init; } = [];
}

public enum InvoiceDocumentKind
{
    Invoice,
    CreditNote,
}

public sealed record LabelledText(string Label, string Text);

public sealed record DocumentParty(string Name, IReadOnlyList<string> AddressLines)
{
    /// <summary>As it is to be printed, with its kind: "VAT DE 811 907 980".</summary>
    public string? TaxId { get; init; }

    public string? Email { get; init; }

    public string? CustomerCode { get; init; }
}

/// <summary>Lines under a heading, such as a subscription and the period it is billed for.</summary>
public sealed record InvoiceDocumentGroup(string Heading, IReadOnlyList<InvoiceDocumentLine> Lines)
{
    public string? Period { get; init; }
}

public sealed record InvoiceDocumentLine(string Description, string Net)
{
    public string? Period { get; init; }

    public string? Quantity { get; init; }

    /// <summary>Null where <see cref="Steps"/> say it.</summary>
    public string? UnitPrice { get; init; }

    public string? TaxRate { get; init; }

    /// <summary>How the amount came about, tier by tier, in full precision.</summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];
}

/// <summary>One tier of a price: "First 1,000,000", how much fell into it, and what that costs before rounding.</summary>
public sealed record PriceStep(string Label, string? Quantity, string? UnitPrice, string Amount);

/// <summary>One rate of tax: "VAT 19 %", on how much, how much.</summary>
public sealed record TaxBreakdownRow(string Label, string Base, string Tax);

public sealed record PaymentDetails
{
    public string? Beneficiary { get; init; }

    public string? Iban { get; init; }

    public string? Bic { get; init; }

    public string? Bank { get; init; }

    /// <summary>What the buyer is asked to quote; as a rule the number of the invoice.</summary>
    public string? Reference { get; init; }
}
