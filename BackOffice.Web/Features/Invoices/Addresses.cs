using BackOffice.Core.Billing;
using BackOffice.Core.Invoices;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Where things are. Addresses are kept: people bookmark and send them.</summary>
internal static class Addresses
{
    public static string Of(InvoiceId id) => $"/invoices/{id.Value}";

    public static string Pdf(InvoiceId id) => $"{Of(id)}/pdf";

    public static string Line(InvoiceId id, int position) => $"{Of(id)}/lines/{position}";

    public static string Of(BillingRunId id) => $"/runs/{id.Value}";

    /// <summary>A path with those query parts that have a value.</summary>
    public static string With(string path, params (string Name, string? Value)[] query)
    {
        var parts = query.Where(part => !string.IsNullOrWhiteSpace(part.Value))
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        var text = string.Join('&', parts);
        return text.Length == 0 ? path : $"{path}?{text}";
    }
}
