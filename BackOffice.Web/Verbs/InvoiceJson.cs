using System.Globalization;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Web.Verbs;

/// <summary>An invoice as scripts see it; docs/operate/verbs.md promises this shape.</summary>
internal sealed record InvoiceJson(
    Guid Id,
    string? Number,
    string Status,
    string Customer,
    string PeriodStart,
    string PeriodEnd,
    string? IssuedOn,
    string? DueOn,
    string Currency,
    decimal Subtotal,
    decimal Tax,
    decimal Total,
    IReadOnlyList<InvoiceLineJson> Lines
)
{
    public static InvoiceJson Of(Invoice i) =>
        new(
            i.Id.Value,
            i.Number,
            i.Status.ToString(),
            i.Buyer.Code!,
            Day(i.PeriodStart)!,
            Day(i.Period.LastDay)!,
            Day(i.IssuedOn),
            Day(i.DueOn),
            i.Currency.Code,
            i.Subtotal.Amount,
            i.Tax.Amount,
            i.Total.Amount,
            [.. i.Lines.Select(l => new InvoiceLineJson(l.Name, l.SubscriptionCode, l.Quantity, l.Events, l.ExactAmount, l.Amount.Amount))]
        );

    private static string? Day(LocalDate? day) => day?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed record InvoiceLineJson(
    string Name,
    string Subscription,
    decimal Quantity,
    long Events,
    decimal ExactAmount,
    decimal Amount
);
