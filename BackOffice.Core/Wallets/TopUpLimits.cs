using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>Whether a purchase of credits is within the wallet's limits.</summary>
public enum TopUpVerdict
{
    Allowed,
    BelowMinimum,
    AboveMaximum,
}

/// <summary>The least and the most that may be bought at once. Credits that are granted have no limits.</summary>
public sealed record TopUpLimits
{
    /// <exception cref="RuleBroken">A limit is not more than zero, or the least is more than the most.</exception>
    public TopUpLimits(Money? least, Money? most)
    {
        if (least?.MinorUnits <= 0 || most?.MinorUnits <= 0 || least?.MinorUnits > most?.MinorUnits)
        {
            throw new RuleBroken("The limits of a top-up are more than zero, and the least is not more than the most.");
        }

        (Least, Most) = (least, most);
    }

    public static TopUpLimits None { get; } = new(null, null);

    public Money? Least { get; }

    public Money? Most { get; }

    public TopUpVerdict Judge(Money purchase) => purchase.MinorUnits < Least?.MinorUnits ? TopUpVerdict.BelowMinimum
        : purchase.MinorUnits > Most?.MinorUnits ? TopUpVerdict.AboveMaximum
        : TopUpVerdict.Allowed;

    /// <exception cref="RuleBroken">The purchase is outside the limits.</exception>
    public void Require(Money purchase)
    {
        switch (Judge(purchase))
        {
            case TopUpVerdict.BelowMinimum:
                throw new RuleBroken($"{purchase} is less than {Least}, the least that may be bought at once.");
            case TopUpVerdict.AboveMaximum:
                throw new RuleBroken($"{purchase} is more than {Most}, the most that may be bought at once.");
            default:
                return;
        }
    }
}
