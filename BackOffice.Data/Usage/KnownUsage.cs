using BackOffice.Core.Invoices;

namespace BackOffice.Data.Usage;

/// <summary>Which of the usage of a period counts: what was stored by some moment, or what came in time.</summary>
/// <param name="Through">Only events up to this one; null for all.</param>
/// <param name="InTimeOnly">Without what came after its period was closed.</param>
public sealed record KnownUsage(long? Through, bool InTimeOnly)
{
    /// <summary>Everything that is stored by now.</summary>
    public static KnownUsage Now { get; } = new(null, false);

    /// <summary>What a document bills: everything by now as long as it is open, then what was there when it was issued.</summary>
    /// <remarks>Documents from before do not remember their last event; late usage was never on them.</remarks>
    public static KnownUsage To(Invoice invoice) =>
        invoice.Number is null ? Now : invoice.UsageThrough is { } last ? new(last, false) : new(null, true);

    /// <summary>The query for what counts.</summary>
    public EventQuery Of(EventQuery query) => query with { Through = Through, Late = InTimeOnly ? false : query.Late };
}
