using BackOffice.Core.Common;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Invoices;

/// <summary>
/// The sums of an invoice in the order they are made: lines − progressive credit − coupons = net; + tax = total; − credit notes −
/// wallets = due.
/// </summary>
/// <remarks>EN 16931 BR-CO-10 to BR-CO-16 hold to the minor unit. Pure: previews, drafts and checks make the same sums.</remarks>
public sealed class InvoiceTotals
{
    private InvoiceTotals(
        IReadOnlyList<LineDiscount> discounts, TaxSheet taxes, (Money Lines, Money Discount, Money Tax) sums,
        IReadOnlyList<Settled> settled)
    {
        (Discounts, Taxes, Settled) = (discounts, taxes, settled);
        (Lines, Discount, Tax) = sums;
    }

    /// <summary>The sum of the rounded lines (BT-106).</summary>
    public Money Lines { get; }

    /// <summary>Progressive credit and coupons together (BT-107).</summary>
    public Money Discount { get; }

    public IReadOnlyList<LineDiscount> Discounts { get; }

    /// <summary>What is taxed (BT-109).</summary>
    public Money Net => Lines - Discount;

    public TaxSheet Taxes { get; }

    /// <summary>The sum of the tax of each rate (BT-110).</summary>
    public Money Tax { get; }

    /// <summary>Net and tax (BT-112).</summary>
    public Money Total => Net + Tax;

    /// <summary>What credit notes and wallets pay, in the order they do (BT-113).</summary>
    public IReadOnlyList<Settled> Settled { get; }

    /// <summary>What the customer is asked to pay (BT-115).</summary>
    public Money Due => Total - Settled.Select(settled => settled.Amount).Sum(Total.Currency);

    /// <summary>The part of the discounts, or of what is settled, that is of one kind.</summary>
    public Money DiscountBy(DiscountKind kind) =>
        Discounts.Where(discount => discount.Kind == kind).Select(discount => discount.Amount).Sum(Lines.Currency);

    public Money SettledBy(SettlementKind kind) =>
        Settled.Where(settled => settled.Kind == kind).Select(settled => settled.Amount).Sum(Lines.Currency);

    /// <param name="lines">The rounded lines with their taxes; the discount on them is set here.</param>
    /// <param name="discounts">Each with a share for every line.</param>
    /// <param name="settlements">Credit notes are used before wallets, each kind in the order given, until nothing is due.</param>
    /// <param name="rounding">Documents are rounded per rate; another rounding is for comparison with other systems.</param>
    /// <exception cref="RuleBroken">A discount has a share for another number of lines, or takes more off a line than it has.</exception>
    public static InvoiceTotals Of(
        IReadOnlyList<TaxableLine> lines, IReadOnlyList<LineDiscount> discounts, IReadOnlyList<Settlement> settlements, Currency currency,
        TaxRounding rounding = TaxRounding.PerRate)
    {
        var sum = Money.Zero(currency);
        foreach (var line in lines)
        {
            sum += line.Amount;
        }

        var discount = discounts.Count == 0 ? Money.Zero(currency) : discounts.Select(each => each.Amount).Sum(currency);
        var taxes = TaxSheet.Of(discounts.Count == 0 ? lines : Discounted(lines, discounts), discount);
        var tax = taxes.TaxBy(rounding);
        return new InvoiceTotals(discounts, taxes, (sum, discount, tax), Settle(settlements, sum - discount + tax));
    }

    private static TaxableLine[] Discounted(IReadOnlyList<TaxableLine> lines, IReadOnlyList<LineDiscount> discounts)
    {
        var shares = new decimal[lines.Count];
        foreach (var discount in discounts)
        {
            if (discount.Shares.Count != lines.Count)
            {
                throw new RuleBroken($"{discount.Name} has {discount.Shares.Count} shares for {lines.Count} lines.");
            }

            for (var i = 0; i < shares.Length; i++)
            {
                shares[i] += discount.Shares[i];
            }
        }

        return [.. lines.Select((line, i) => line with { Discount = AtMost(line.Amount, shares[i]) })];
    }

    // Shares to five places may sum to a hair more than the line they exhaust.
    private static decimal AtMost(Money amount, decimal share) =>
        share <= 0 || share <= amount.Amount ? share
        : (share - amount.Amount) * amount.Currency.Scale < 0.01m ? amount.Amount
        : throw new RuleBroken($"The discounts take {share} off a line of {amount}. Nothing can be taken off twice.");

    private static List<Settled> Settle(IReadOnlyList<Settlement> settlements, Money due)
    {
        var settled = new List<Settled>();
        foreach (var settlement in settlements.OrderBy(settlement => settlement.Kind))
        {
            var amount = Money.OfMinor(Math.Min(settlement.Available.MinorUnits, due.MinorUnits), due.Currency);
            if (settlement.Available.Currency == due.Currency && amount.MinorUnits > 0)
            {
                settled.Add(new Settled(settlement.Kind, settlement.Reference, amount));
                due -= amount;
            }
        }

        return settled;
    }
}
