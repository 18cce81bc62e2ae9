using System.Globalization;
using System.Numerics;

namespace BackOffice.Core.Common;

/// <summary>An amount somebody owes: always a whole number of minor units (cents). May be negative.</summary>
/// <remarks>
/// A fraction of a cent is not money; it is an intermediate result. Keep intermediate results in
/// <see cref="decimal"/> and turn them into money once, with <see cref="Rounded"/>.
/// </remarks>
public sealed record Money
{
    private Money(long minorUnits, Currency currency) => (MinorUnits, Currency) = (minorUnits, currency);

    public long MinorUnits { get; }

    public Currency Currency { get; }

    /// <summary>The amount in major units; never more digits than the currency has.</summary>
    public decimal Amount => new decimal(MinorUnits) / Currency.Scale;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money OfMinor(long minorUnits, Currency currency) => new(minorUnits, currency);

    /// <summary>An exact amount.</summary>
    /// <exception cref="RuleBroken">The amount has more digits than the currency, or is beyond ±9.2e18 minor units.</exception>
    public static Money Of(decimal amount, Currency currency)
    {
        if (decimal.Abs(amount) > long.MaxValue / currency.Scale)
        {
            throw new RuleBroken($"{Plain(amount)} {currency} is more than an amount can be.");
        }

        var minor = amount * currency.Scale;
        return decimal.Truncate(minor) == minor
            ? new((long)minor, currency)
            : throw new RuleBroken($"{Plain(amount)} is not an amount in {currency}: it has {currency.Exponent} decimal places.");
    }

    /// <summary>The one place where amounts are rounded: half away from zero, as invoices are.</summary>
    /// <exception cref="OverflowException">The amount is beyond ±9.2e18 minor units; a billing run parks such a customer.</exception>
    public static Money Rounded(decimal amount, Currency currency) =>
        new((long)decimal.Round(amount * currency.Scale, 0, MidpointRounding.AwayFromZero), currency);

    /// <summary>
    /// A figure to show that is not money owed, with five decimal places, half away from zero: credits, a mean percentage, a share of a
    /// minor unit.
    /// </summary>
    public static decimal ToFiveDecimals(decimal figure) => decimal.Round(figure, 5, MidpointRounding.AwayFromZero);

    /// <summary>An intermediate result in minor units with fractions, rounded as <see cref="Rounded"/> does.</summary>
    public static Money RoundedMinor(decimal minorUnits, Currency currency) =>
        new((long)decimal.Round(minorUnits, 0, MidpointRounding.AwayFromZero), currency);

    /// <summary>The same for a quotient that may not end, such as 10 / 3: it is rounded exactly, so that a half is seen as one.</summary>
    /// <param name="numerator">In major units.</param>
    /// <param name="denominator">Above zero.</param>
    /// <exception cref="OverflowException">The amount is beyond ±9.2e18 minor units.</exception>
    /// <exception cref="ArithmeticException">The numerator in minor units needs more than 28 digits.</exception>
    public static Money RoundedQuotient(decimal numerator, decimal denominator, Currency currency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var scaled = Exact.Multiply(numerator, currency.Scale);

        // The remainder of decimals is exact, so nothing is rounded before the half is looked for.
        var rest = scaled % denominator;
        var whole = decimal.Truncate((scaled - rest) / denominator);
        return new((long)(Exact.Add(decimal.Abs(rest), decimal.Abs(rest)) >= denominator ? whole + decimal.Sign(scaled) : whole), currency);
    }

    /// <summary>Splits by weight. The shares add up: each is cut to whole units, the rest goes to the largest remainders.</summary>
    /// <remarks>A negative amount splits into the mirror image: a credit takes back exactly what the charge gave.</remarks>
    /// <exception cref="ArgumentException">There is no weight, a negative one, or all are zero.</exception>
    public IReadOnlyList<Money> Allocate(IReadOnlyList<decimal> weights)
    {
        if (weights.All(weight => weight == 0) || weights.Any(weight => weight < 0))
        {
            throw new ArgumentException("Weights must not be negative and must not all be zero.", nameof(weights));
        }

        var parts = Exact.WholeRatio(weights);
        var sum = parts.Aggregate(BigInteger.Zero, BigInteger.Add);
        var amount = BigInteger.Abs(MinorUnits);
        var shares = parts.Select(part => BigInteger.DivRem(amount * part, sum).Quotient).ToArray();
        var rest = (int)(amount - shares.Aggregate(BigInteger.Zero, BigInteger.Add));
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => amount * parts[i] % sum).Take(rest))
        {
            shares[i]++;
        }

        return [.. shares.Select(share => new Money((long)(share * Math.Sign(MinorUnits)), Currency))];
    }

    public static Money operator +(Money a, Money b) => new(checked(a.MinorUnits + a.Same(b).MinorUnits), a.Currency);

    public static Money operator -(Money a, Money b) => new(checked(a.MinorUnits - a.Same(b).MinorUnits), a.Currency);

    public static Money operator -(Money a) => new(checked(-a.MinorUnits), a.Currency);

    /// <summary>For logs and messages, such as "1234.50 EUR". Pages format for their reader.</summary>
    public override string ToString() =>
        Amount.ToString("F" + Currency.Exponent, CultureInfo.InvariantCulture) + " " + Currency.Code;

    private static string Plain(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private Money Same(Money other) => other.Currency == Currency
        ? other
        : throw new InvalidOperationException($"Cannot combine {Currency} with {other.Currency}.");
}

/// <summary>Sums of money.</summary>
public static class MoneySums
{
    public static Money Sum(this IEnumerable<Money> amounts, Currency currency) =>
        amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);
}
