using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Billing;

/// <summary>Usage of a billed period that came after its document was issued, and is on no document yet.</summary>
/// <param name="Of">The usage that was billed.</param>
/// <param name="Number">1 for the first adjustment of that usage; together with <paramref name="Of"/> it names the adjustment.</param>
public sealed record LateUsage(ItemKey Of, int Number);
