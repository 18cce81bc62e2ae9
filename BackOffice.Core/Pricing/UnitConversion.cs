using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>What becomes of a part of a unit when units are converted.</summary>
public enum PartOfUnit
{
    /// <summary>It stays a part.</summary>
    Kept,

    /// <summary>A started unit is a whole one.</summary>
    Up,

    /// <summary>Only whole units count.</summary>
    Down,

    /// <summary>Half a unit or more is a whole one.</summary>
    Nearest,
}

/// <summary>Prices quantities in another unit than they are measured in: bytes are sold as gigabytes.</summary>
/// <param name="Factor">Above zero.</param>
/// <param name="Divides">True when measured units are divided by the factor, false when they are multiplied.</param>
public sealed record UnitConversion(decimal Factor, bool Divides, PartOfUnit Part = PartOfUnit.Kept)
{
    public decimal Factor { get; } = Factor > 0 ? Factor : throw new RuleBroken("The factor between two units must be above zero.");

    /// <summary>The quantity, zero or more, in the unit of the price.</summary>
    /// <exception cref="ArithmeticException">A part that is kept has no exact decimal, such as a third.</exception>
    public decimal Converted(decimal quantity)
    {
        var (amount, size) = Divides ? (quantity, Factor) : (Exact.Multiply(quantity, Factor), 1m);
        if (Part == PartOfUnit.Kept)
        {
            var exact = amount / size;
            return Exact.Multiply(exact, size) == amount
                ? exact
                : throw new ArithmeticException($"{Words.Number(amount)} ÷ {Words.Number(size)} is not exact.");
        }

        var rest = amount % size;
        var whole = Exact.Add(amount, -rest) / size;
        return Part switch
        {
            PartOfUnit.Up => whole + (rest > 0 ? 1 : 0),
            PartOfUnit.Nearest => whole + (rest >= size - rest ? 1 : 0),
            _ => whole,
        };
    }
}
