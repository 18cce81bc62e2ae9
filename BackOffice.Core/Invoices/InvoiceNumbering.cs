using System.Globalization;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Invoices;

/// <summary>Whose counter an invoice's number comes from.</summary>
public enum NumberingMode
{
    /// <summary>PREFIX-CCC-NNN: the customer's own number, and a counter for each customer.</summary>
    PerCustomer,

    /// <summary>PREFIX-YYYYMM-NNN: the month of issue, and one counter for the company, which does not restart.</summary>
    PerCompany,
}

/// <summary>How many invoices one company has issued before. Both counters go on whichever of them numbers.</summary>
/// <param name="OfCustomer">To this customer.</param>
/// <param name="OfCompany">To all customers; self-billed ones do not count.</param>
public sealed record IssuedCount(long OfCustomer, long OfCompany);

/// <summary>
/// The two forms of Lago's invoice numbers, for companies that come from there. Ours are <see cref="InvoiceNumberFormat"/>.
/// </summary>
public sealed record InvoiceNumbering
{
    /// <param name="prefix">Letters, digits and dashes, such as "ACME-1".</param>
    /// <exception cref="RuleBroken">The prefix is missing or has other characters.</exception>
    public InvoiceNumbering(string prefix, NumberingMode mode) =>
        (Prefix, Mode) = (Code.Check(prefix, "Prefix of invoice numbers"), mode);

    public string Prefix { get; }

    public NumberingMode Mode { get; }

    /// <summary>What a draft shows instead of a number.</summary>
    public string OfDraft => $"{Prefix}-DRAFT";

    /// <param name="customer">The customer's own number with the company: 1, 2, 3 …</param>
    /// <param name="issuedOn">The day of issue in the company's zone, not the billing period.</param>
    /// <param name="isSelfBilled">The customer bills in our name; such invoices always have the customer's form.</param>
    public string Next(int customer, IssuedCount before, LocalDate issuedOn, bool isSelfBilled = false) =>
        Mode == NumberingMode.PerCustomer || isSelfBilled
            ? $"{Prefix}-{Padded(customer)}-{Padded(before.OfCustomer + 1)}"
            : $"{Prefix}-{issuedOn.ToString("uuuuMM", CultureInfo.InvariantCulture)}-{Padded(before.OfCompany + 1)}";

    private static string Padded(long number) => number.ToString("000", CultureInfo.InvariantCulture);
}
