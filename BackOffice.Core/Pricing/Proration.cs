using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Charges units for their days.</summary>
internal static class Proration
{
    /// <summary>One step for each number of days; the flat fee is due once and in full.</summary>
    public static IReadOnlyList<PriceStep> Steps(PriceStep whole, IReadOnlyList<UnitsForDays> parts)
    {
        var charged = new Dictionary<(int Days, int OfDays), decimal>();
        foreach (var part in parts)
        {
            var key = (part.Days, part.OfDays);
            charged[key] = Exact.Add(charged.GetValueOrDefault(key), part.Quantity);
        }

        return [.. charged.Select((share, i) =>
            (whole with { Quantity = share.Value, Flat = i == 0 ? whole.Flat : 0 }).For(share.Key.Days, share.Key.OfDays))];
    }

    /// <summary>The same step for some days only; all days are no share and leave it as it is.</summary>
    public static PriceStep For(this PriceStep step, int days, int ofDays) => days == ofDays
        ? step
        : step with { Label = $"{step.Label}, {days} of {ofDays} days", Days = days, OfDays = ofDays };
}
