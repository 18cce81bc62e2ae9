using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>One explained step of an amount: quantity × unit price ÷ per × days ÷ of days + flat fee. Exact, in major units.</summary>
/// <param name="Label">What the step covers, such as "First 1,000,000".</param>
/// <param name="Quantity">Units; or blocks, packages, transactions as the label says. Negative when something is taken back.</param>
/// <param name="UnitPrice">What <paramref name="Per"/> units cost; a percentage has 100 as <paramref name="Per"/>.</param>
/// <param name="Per">The units a unit price is for: 1, 10, 100 … – or the days of a period, for a fee due for some of them.</param>
/// <param name="Flat">Due once with the step, whatever its quantity; never prorated.</param>
public sealed record PriceStep(string Label, decimal Quantity, decimal UnitPrice, decimal Per = 1, decimal Flat = 0)
{
    /// <summary>Which tier of the price this is, 1 for the first; null when the price has no tiers.</summary>
    public int? Tier { get; init; }

    /// <summary>The days the quantity is charged for; null for all days of the period.</summary>
    public int? Days { get; init; }

    /// <summary>The days of the whole period; null together with <see cref="Days"/>.</summary>
    public int? OfDays { get; init; }

    /// <summary>Quantity = dividend ÷ <see cref="Divisor"/> when it does not end as a decimal; null for all others.</summary>
    public decimal? Dividend { get; init; }

    /// <summary>Above zero; null together with <see cref="Dividend"/>.</summary>
    public decimal? Divisor { get; init; }

    /// <summary>Exact for whole periods; a share of days may be periodic and then has 28 digits. Add steps up with <c>Total</c>.</summary>
    public decimal Amount
    {
        get
        {
            if (OfDays is null && Per == 1 && Divisor is null)
            {
                var price = Exact.Multiply(Quantity, UnitPrice);
                return Flat == 0 ? price : Exact.Add(price, Flat);
            }

            var sum = new ShareSum();
            AddTo(ref sum);
            return sum.Total;
        }
    }

    /// <summary>The sum of the steps. Shares of days are added as fractions and divided once, so that an exact tie stays a tie.</summary>
    /// <exception cref="ArithmeticException">The sum needs more than 28 digits.</exception>
    public static decimal Total(IReadOnlyList<PriceStep> steps) => steps.Count == 1 ? steps[0].Amount : SumOf(steps).Total;

    /// <summary>A step that takes an amount off again, exactly, also when it does not end.</summary>
    internal static PriceStep Back(string label, Quotient amount) => amount.Denominator == 1
        ? new PriceStep(label, -1, amount.Numerator)
        : new PriceStep(label, -amount.Value, 1) { Dividend = -amount.Numerator, Divisor = amount.Denominator };

    internal static ShareSum SumOf(IReadOnlyList<PriceStep> steps)
    {
        var sum = new ShareSum();
        for (var i = 0; i < steps.Count; i++)
        {
            steps[i].AddTo(ref sum);
        }

        return sum;
    }

    internal bool IsSamePrice(PriceStep other) => UnitPrice == other.UnitPrice && Per == other.Per && Tier == other.Tier
        && Days == other.Days && OfDays == other.OfDays && Label == other.Label;

    internal PriceStep Less(PriceStep other) =>
        this with { Quantity = Exact.Add(Quantity, -other.Quantity), Flat = Exact.Add(Flat, -other.Flat), Dividend = null, Divisor = null };

    private void AddTo(ref ShareSum sum)
    {
        // Quantities that do not end have 28 digits already: only the fraction can be multiplied without losing any.
        var price = Exact.Multiply(Dividend ?? Quantity, UnitPrice);
        if (Divisor is { } divisor)
        {
            sum.Add(Exact.DividePowerOfTen(price, Per), checked((long)divisor));
        }
        else if (OfDays is { } ofDays)
        {
            sum.Add(Exact.DividePowerOfTen(Exact.Multiply(price, Days ?? ofDays), Per), ofDays);
        }
        else if (Per == 1)
        {
            sum.Add(price);
        }
        else if (Exact.IsPowerOfTen(Per))
        {
            sum.Add(Exact.DividePowerOfTen(price, Per));
        }
        else
        {
            sum.Add(price, checked((long)Per));
        }

        if (Flat != 0)
        {
            sum.Add(Flat);
        }
    }
}
