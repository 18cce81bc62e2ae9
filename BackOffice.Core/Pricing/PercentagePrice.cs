using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>A percentage of what was measured, and perhaps a fee for each transaction; some of it may be free.</summary>
/// <remarks>Lago's rules, where a transaction is an event. What is free is counted in order of time.</remarks>
public sealed record PercentagePrice : Price
{
    /// <summary>The label of the step that charges the percentage.</summary>
    public const string PercentageLabel = "Percentage";

    /// <summary>The label of the step that charges the fee for each transaction.</summary>
    public const string FeeLabel = "Fee for each transaction";

    /// <param name="rate">Percent, zero or more: 2.5 is 2.5 %.</param>
    /// <param name="fixedFee">Due for each transaction that is not free, in major units.</param>
    /// <param name="freeEvents">The first transactions that are free; 0 when none is.</param>
    /// <param name="freeAmount">The measured amount that is free; 0 when none is.</param>
    /// <param name="minimumPerEvent">The least that a transaction costs, if any.</param>
    /// <param name="maximumPerEvent">The most that a transaction costs, if any.</param>
    /// <exception cref="RuleBroken">A number is negative, or the least is more than the most.</exception>
    public PercentagePrice(
        decimal rate, decimal fixedFee = 0, long freeEvents = 0, decimal freeAmount = 0,
        decimal? minimumPerEvent = null, decimal? maximumPerEvent = null)
    {
        Rate = NotNegative(rate, "The percentage");
        FixedFee = NotNegative(fixedFee, "The fee for each transaction");
        FreeEvents = (long)NotNegative(freeEvents, "The number of free transactions");
        FreeAmount = NotNegative(freeAmount, "The free amount");
        MinimumPerEvent = minimumPerEvent is { } least ? NotNegative(least, "The least that a transaction costs") : null;
        MaximumPerEvent = maximumPerEvent is { } most ? NotNegative(most, "The most that a transaction costs") : null;
        if (MinimumPerEvent > MaximumPerEvent)
        {
            throw new RuleBroken("The least that a transaction costs must not be above the most.");
        }
    }

    public decimal Rate { get; }

    public decimal FixedFee { get; }

    public long FreeEvents { get; }

    public decimal FreeAmount { get; }

    public decimal? MinimumPerEvent { get; }

    public decimal? MaximumPerEvent { get; }

    /// <summary>Without free transactions and limits per transaction, the sum and the number of events suffice.</summary>
    public override bool ReadsEvents => IsLimited || FreeEvents > 0 || (FreeAmount > 0 && FixedFee > 0);

    private bool IsLimited => MinimumPerEvent is not null || MaximumPerEvent is not null;

    /// <summary>What of the units is free and what is charged how.</summary>
    /// <inheritdoc cref="Price.StepsFor(Units)" path="/exception"/>
    public PercentageParts PartsOf(Units units) => units.Quantity < 0 ? default
        : IsLimited ? Limited(units.Values)
        : Unlimited(units);

    internal override string Describe(Denomination denomination)
    {
        var words = Words.Percent(Rate) + " of the amount"
            + (FixedFee > 0 ? $" plus {Words.Amount(FixedFee, denomination)} for each transaction" : "");
        var limits = (MinimumPerEvent, MaximumPerEvent) switch
        {
            ({ } least, { } most) => $", at least {Words.Amount(least, denomination)} and at most {Words.Amount(most, denomination)} each",
            ({ } least, null) => $", at least {Words.Amount(least, denomination)} for each transaction",
            (null, { } most) => $", at most {Words.Amount(most, denomination)} for each transaction",
            _ => "",
        };
        var free = (FreeEvents, FreeAmount) switch
        {
            (0, 0) => "",
            (_, 0) => $"; the first {Words.Number(FreeEvents)} transactions are free",
            (0, _) => $"; the first {Words.Number(FreeAmount)} are free",
            _ => $"; the first {Words.Number(FreeEvents)} transactions are free, up to {Words.Number(FreeAmount)} in all",
        };
        return words + limits + free;
    }

    private protected override IReadOnlyList<PriceStep> Steps(Units units)
    {
        var parts = PartsOf(units);
        var steps = new List<PriceStep>(3);
        if (parts.FreeAmount != 0)
        {
            steps.Add(new PriceStep("Free", parts.FreeAmount, 0));
        }

        var share = new PriceStep(PercentageLabel, parts.PaidAmount, Rate, 100);
        steps.Add(IsLimited || parts.PaidAmount == 0 ? share : units.Above(parts.FreeAmount, share));
        AddEvents(steps, FeeLabel, parts.PaidEvents, FixedFee);
        AddEvents(steps, "Transactions at the least", parts.EventsAtMinimum, MinimumPerEvent ?? 0);
        AddEvents(steps, "Transactions at the most", parts.EventsAtMaximum, MaximumPerEvent ?? 0);
        return steps;
    }

    private protected override decimal Amount(Units units)
    {
        var parts = PartsOf(units);
        var sum = Exact.DividePowerOfTen(Exact.Multiply(parts.PaidAmount, Rate), 100);
        sum = Exact.Add(sum, Exact.Multiply(parts.PaidEvents, FixedFee));
        return !IsLimited ? sum : Exact.Add(
            Exact.Add(sum, Exact.Multiply(parts.EventsAtMinimum, MinimumPerEvent ?? 0)),
            Exact.Multiply(parts.EventsAtMaximum, MaximumPerEvent ?? 0));
    }

    private static void AddEvents(List<PriceStep> steps, string label, long events, decimal fee)
    {
        if (events > 0 && fee > 0)
        {
            steps.Add(new PriceStep(label, events, fee));
        }
    }

    private PercentageParts Unlimited(Units units)
    {
        if (FreeEvents == 0 && FreeAmount == 0)
        {
            return new PercentageParts(0, units.Quantity, 0, units.Events, 0, 0);
        }

        var free = FreeEvents > 0 && FreeEvents < units.Events
            ? Exact.Sum(units.Values.Take((int)FreeEvents))
            : FreeAmount > 0 ? Math.Min(units.Quantity, FreeAmount) : units.Quantity;
        var freeEvents = Math.Min(FreeTransactions(units.Values), units.Events);
        return new PercentageParts(free, Math.Max(0, Exact.Add(units.Quantity, -free)), freeEvents, units.Events - freeEvents, 0, 0);
    }

    // The smaller of the two allowances, of those that free anything. An event that uses the free amount up exactly is not free of the fee.
    private long FreeTransactions(IReadOnlyList<decimal> values)
    {
        var (below, total) = (0L, 0m);
        foreach (var value in FreeAmount > 0 ? values : [])
        {
            total = Exact.Add(total, value);
            below += total < FreeAmount ? 1 : 0;
        }

        return (FreeEvents, below) switch
        {
            (0, _) => below,
            (_, 0) => FreeEvents,
            _ => Math.Min(FreeEvents, below),
        };
    }

    // Each transaction on its own. With both allowances, the free amount decides; it goes on until it is used up.
    private PercentageParts Limited(IReadOnlyList<decimal> values)
    {
        var parts = default(PercentageParts);
        var (freeEvents, freeAmount) = (FreeAmount > 0 ? 0 : FreeEvents, FreeAmount);
        foreach (var value in values)
        {
            if (freeEvents > 0 || (freeAmount > 0 && freeAmount > value))
            {
                freeEvents = Math.Max(0, freeEvents - 1);
                freeAmount = Math.Max(0, Exact.Add(freeAmount, -value));
                parts = parts with { FreeAmount = Exact.Add(parts.FreeAmount, value), FreeEvents = parts.FreeEvents + 1 };
                continue;
            }

            var paid = Exact.Add(value, -freeAmount);
            var fee = Exact.Add(Exact.DividePowerOfTen(Exact.Multiply(paid, Rate), 100), FixedFee);
            parts = parts with { FreeAmount = Exact.Add(parts.FreeAmount, freeAmount) };
            parts = fee < MinimumPerEvent ? parts with { EventsAtMinimum = parts.EventsAtMinimum + 1 }
                : fee > MaximumPerEvent ? parts with { EventsAtMaximum = parts.EventsAtMaximum + 1 }
                : parts with { PaidAmount = Exact.Add(parts.PaidAmount, paid), PaidEvents = parts.PaidEvents + 1 };
            freeAmount = 0;
        }

        return parts;
    }
}
