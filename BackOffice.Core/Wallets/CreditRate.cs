using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>What one credit of a wallet is worth.</summary>
/// <remarks>
/// Money is the truth: a balance is whole minor units, and its credits are what that money is worth. So the two cannot drift apart.
/// Credits have five decimal places; what is beyond is cut off before credits become money (Lago's rule, guide §14).
/// </remarks>
public sealed record CreditRate
{
    /// <param name="moneyPerCredit">In major units, more than 0, at most five decimal places.</param>
    /// <exception cref="RuleBroken">The rate is not more than 0, is beyond 1,000,000, or has more than five decimal places.</exception>
    public CreditRate(decimal moneyPerCredit, Currency currency) => (MoneyPerCredit, Currency) =
        moneyPerCredit is > 0 and <= 1_000_000 && CutTo5(moneyPerCredit) == moneyPerCredit
            ? (moneyPerCredit, currency)
            : throw new RuleBroken("A credit is worth more than 0, with at most five decimal places.");

    public decimal MoneyPerCredit { get; }

    public Currency Currency { get; }

    /// <summary>What credits are worth, rounded to whole minor units.</summary>
    /// <exception cref="ArithmeticException">The credits need more than 28 digits.</exception>
    public Money MoneyFor(decimal credits) => Money.Rounded(Exact.Multiply(CutTo5(credits), MoneyPerCredit), Currency);

    /// <summary>How many credits an amount is, with five decimal places.</summary>
    public decimal CreditsFor(Money amount) => Money.ToFiveDecimals(amount.Amount / MoneyPerCredit);

    /// <summary>Credits that are bought or granted: as many as the rounded money is worth.</summary>
    /// <exception cref="RuleBroken">The credits are negative, or they are worth less than half a minor unit.</exception>
    public Conversion Bought(decimal credits)
    {
        var money = MoneyFor(NotNegative(credits));
        return credits > 0 && money.MinorUnits == 0
            ? throw new RuleBroken($"{Plain(credits)} credits are worth less than the smallest unit of {Currency}.")
            : new(CreditsFor(money), money);
    }

    /// <summary>Credits for an amount with fractions of a minor unit: the amount is rounded first.</summary>
    /// <param name="amount">In major units.</param>
    public Conversion For(decimal amount)
    {
        var money = Money.Rounded(amount, Currency);
        return new(CreditsFor(money), money);
    }

    /// <summary>Credits that are voided: the number as it was asked for, and the money that it moves.</summary>
    /// <exception cref="RuleBroken">The credits are negative.</exception>
    public Conversion Voided(decimal credits) => new(CutTo5(NotNegative(credits)), MoneyFor(credits));

    public override string ToString() => $"{Plain(MoneyPerCredit)} {Currency} per credit";

    private static decimal CutTo5(decimal credits) => decimal.Truncate(credits * 100_000) / 100_000;

    private static decimal NotNegative(decimal credits) => credits >= 0 ? credits : throw new RuleBroken("Credits must not be negative.");

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}

/// <summary>Credits and the money they move.</summary>
/// <param name="Credits">Up to five decimal places.</param>
public sealed record Conversion(decimal Credits, Money Money);
