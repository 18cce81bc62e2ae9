using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Usage;

/// <summary>What a metric measured over some events.</summary>
/// <param name="Quantity">
/// Units, rounded as the metric says; zero when nothing matched. Exact, but for an average that does not end: see <see cref="Exact"/>.
/// </param>
/// <param name="Events">How many events it was measured from.</param>
/// <param name="WithoutValue">Events of the right name that have no value: not billed, and shown so that nobody wonders.</param>
public sealed record Measured(decimal Quantity, long Events, long WithoutValue)
{
    private readonly Quotient? _exact;
    private readonly decimal? _level;

    public static Measured Nothing { get; } = new(0, 0, 0);

    /// <summary>The quantity as what is divided by what, when it does not end as a decimal.</summary>
    public Quotient Exact { get => _exact ?? Quotient.Of(Quantity); init => _exact = value.Denominator == 1 ? null : value; }

    /// <summary>Units that are there at the end, and carried on by a recurring metric; the quantity itself for most.</summary>
    public decimal Level { get => _level ?? Quantity; init => _level = value; }

    /// <summary>The value of every event in order of time, then of storing; only when asked for.</summary>
    public IReadOnlyList<decimal> Values { get; init; } = [];

    /// <summary>Units with the days they are charged for; only when asked for.</summary>
    public IReadOnlyList<UnitsForDays> Parts { get; init; } = [];

    /// <summary>What the events of the period say they cost themselves, in minor units with fractions.</summary>
    public decimal CarriedMinorUnits { get; init; }

    /// <summary>Units × days ÷ days of the period, added up; the quantity itself when there are no parts.</summary>
    /// <exception cref="ArithmeticException">The sum needs more than 28 digits.</exception>
    public Quotient Prorated => Parts.Count == 0
        ? Exact
        : Parts.Aggregate(new Quotient(0, Parts[0].OfDays), (sum, part) =>
            sum.Plus(new Quotient(Common.Exact.Multiply(part.Quantity, part.Days), part.OfDays)));

    /// <summary>What a price needs to know.</summary>
    /// <param name="currency">The plan's, in which events carry their own amounts.</param>
    public Units ToUnits(Currency currency) => new(Quantity, Events)
    {
        Exactly = _exact,
        Values = Values,
        Parts = Parts,
        CarriedAmount = Common.Exact.DividePowerOfTen(CarriedMinorUnits, currency.Scale),
    };
}
