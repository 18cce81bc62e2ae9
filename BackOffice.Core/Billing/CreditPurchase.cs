using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>What the invoice says that sells credits. No coupon reduces it and no wallet pays it (Lago's rule, guide §10, §14).</summary>
public static class CreditPurchase
{
    /// <summary>Printed when the tax is due later, so that nobody looks for it here.</summary>
    public const string TaxedLater = "No tax is charged on the purchase of credits. It is charged on what the credits pay for.";

    /// <param name="grant">Credits that are bought; the record says whether they bear tax.</param>
    /// <param name="day">The day of the sale on the customer's calendar: the percentages of that day count.</param>
    /// <exception cref="RuleBroken">The credits are a gift, or a tax is not known or had no percentage on the day.</exception>
    public static InvoiceContent Of(Wallet wallet, WalletGrant grant, AccountTaxes taxes, LocalDate day)
    {
        if (grant.Kind != GrantKind.Purchased)
        {
            throw new RuleBroken("Credits that are granted cost nothing, so there is no invoice for them.");
        }

        var line = Line(wallet, grant, day);
        return grant.IsTaxed
            ? InvoiceContent.Of([new InvoicedLine(line, taxes.Of(line, day))], [], [], taxes.Note, wallet.Currency)
            : InvoiceContent.Of([new InvoicedLine(line, [])], [], [], TaxedLater, wallet.Currency);
    }

    private static RatedLine Line(Wallet wallet, WalletGrant grant, LocalDate day)
    {
        var step = new PriceStep("Credits", wallet.Rate.CreditsFor(grant.Amount), wallet.MoneyPerCredit);
        return Money.Rounded(step.Amount, wallet.Currency) == grant.Amount
            ? new RatedLine(
                LineKind.Credits, SubscriptionId.None, wallet.Code, wallet.Name, 0, grant.Name ?? "Credits",
                new Common.Period(day, day.PlusDays(1)), null, "credits", step.Quantity, 0, 0, wallet.Rate.ToString(), [step],
                step.Amount, grant.Amount)
            : throw new InvalidOperationException($"{step.Quantity} credits are not worth {grant.Amount}.");
    }
}
