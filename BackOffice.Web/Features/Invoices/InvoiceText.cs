using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Figures of a line, for pages (in the reader's culture) and documents (in the document's).</summary>
internal static class InvoiceText
{
    private const int Shown = 12;

    /// <summary>"3.00 per 1,000,000", "0.50", "99.00 per 31 days": all the digits a price has.</summary>
    public static string UnitPrice(LineKind kind, decimal unitPrice, decimal per, Currency currency, CultureInfo? culture = null)
    {
        var price = DecimalText.Format(unitPrice, currency.Exponent, culture);
        return per == 1 ? price : $"{price} per {DecimalText.Format(per, 0, culture)}{(kind == LineKind.BaseFee ? " days" : "")}";
    }

    /// <summary>An amount before rounding. A share of days may never end; after twelve decimals "…" says that more follow.</summary>
    public static string Unrounded(decimal amount, Currency currency, CultureInfo? culture = null)
    {
        var text = DecimalText.Format(amount, currency.Exponent, culture);
        var point = text.LastIndexOf((culture ?? CultureInfo.CurrentCulture).NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);
        return point < 0 || text.Length - point - 1 <= Shown ? text : $"{text[..(point + 1 + Shown)]}…";
    }

    /// <summary>Which usage a line is for: the filter it met and the group it is in; null for all of it.</summary>
    public static string? Detail(string? filter, string? group) =>
        filter is null && group is null ? null : string.Join(", ", new[] { filter, group }.OfType<string>());

    /// <summary>What paid a part: "Credit note INV-2026-000017-CN001", "Wallet prepaid".</summary>
    public static string PaidBy(Settled settled) =>
        settled.Kind == SettlementKind.Wallet ? $"Wallet {settled.Reference}"
        : Guid.TryParse(settled.Reference, out _) ? "Credit note issued with this invoice"
        : $"Credit note {settled.Reference}";

    /// <summary>"8,819 requests"; a base fee has no unit.</summary>
    public static string Quantity(decimal quantity, string? unit, CultureInfo? culture = null) =>
        unit is null ? DecimalText.Format(quantity, 0, culture) : $"{DecimalText.Format(quantity, 0, culture)} {unit}";
}
