using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Billing;

/// <summary>Figures no real invoice has. Beyond them a customer is parked for a person to look at, and nothing is billed.</summary>
public static class SafetyBounds
{
    /// <summary>In major units of any currency.</summary>
    public const decimal InvoiceTotalMax = 1_000_000_000m;

    /// <summary>Units of one metric in one period.</summary>
    public const decimal QuantityMax = 1_000_000_000_000_000_000m;

    /// <exception cref="RuleBroken">A quantity or the total is out of bounds.</exception>
    public static void Check(InvoiceContent content)
    {
        if (content.Lines.FirstOrDefault(line => line.Quantity > QuantityMax) is { } line)
        {
            throw new RuleBroken(
                $"\"{line.Name}\" of subscription {line.SubscriptionCode} measured {Words.Number(line.Quantity)} units, "
                + "which cannot be right. Check its usage.");
        }

        if (content.Total.Amount > InvoiceTotalMax)
        {
            throw new RuleBroken($"The total would be {content.Total}, which cannot be right. Check the usage and the prices.");
        }
    }
}
