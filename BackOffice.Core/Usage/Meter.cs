using BackOffice.Core.Catalog;
using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>Adds events up, one at a time, for one metric. The order of the events does not matter.</summary>
/// <param name="metric">What is measured, and how.</param>
/// <param name="window">
/// What counts: events before it are carried in by a recurring metric, others outside are left out. Without a window every event counts.
/// </param>
/// <param name="needs">What is needed beyond the quantity.</param>
public sealed class Meter(Metric metric, UsageWindow? window = null, MeterNeeds needs = MeterNeeds.Nothing)
{
    private readonly List<Reading> _inside = [];
    private readonly List<Reading> _before = [];
    private MeterState _state = MeterState.Empty(metric.Aggregation);
    private MeterState? _carried;
    private decimal _carriedMinorUnits;
    private long _withoutValue;

    public MetricId Metric => metric.Id;

    /// <summary>What the events of the period added up to: a store keeps it, and merges it with others.</summary>
    public MeterState State => _state;

    /// <summary>What it measured: quantity, events, and whatever was needed.</summary>
    /// <exception cref="ArithmeticException">A figure needs more than 28 digits.</exception>
    /// <exception cref="InvalidOperationException">Days or an average are asked for, and there is no window.</exception>
    public Measured Result
    {
        get
        {
            _inside.Sort();
            _before.Sort();
            var quantity = _state.Finish(window, _carried);
            var measured = new Measured(Rounded(quantity), _state.Events + (_carried?.Events ?? 0), _withoutValue)
            {
                Exact = metric.Rounding is null ? quantity : Quotient.Of(Rounded(quantity)),
                Values = needs.HasFlag(MeterNeeds.Values) ? [.. _before.Concat(_inside).Select(reading => reading.Value)] : [],
                CarriedMinorUnits = _carriedMinorUnits,
            };
            return WithLevel(needs.HasFlag(MeterNeeds.Advance) ? InAdvance(measured)
                : needs.HasFlag(MeterNeeds.Days) ? measured with { Parts = DayParts.Of(Effective(), _carried?.Level ?? 0, Window()) }
                : measured);
        }
    }

    /// <summary>What each event was billed for as it came; asked of a meter that needs <see cref="MeterNeeds.Advance"/>.</summary>
    /// <exception cref="InvalidOperationException">The meter did not remember single events.</exception>
    public HighWater HighWater()
    {
        if (!needs.HasFlag(MeterNeeds.Advance))
        {
            throw new InvalidOperationException("The meter was not told that events are billed as they come.");
        }

        _inside.Sort();
        return Usage.HighWater.Of(Effective(), _carried?.Level ?? 0);
    }

    /// <summary>The value this metric takes from an event; null when the event is not one of its own or has no value for it.</summary>
    public decimal? ValueOf(UsageEvent usage) => Reading.Take(metric, usage, out var reading) is null ? reading.Value : null;

    /// <summary>Brings in what was there before the window, from a store; the events it came from must not be added too.</summary>
    /// <exception cref="RuleBroken">The metric starts every period at zero.</exception>
    public void Carry(MeterState earlier)
    {
        if (!metric.Recurring)
        {
            throw new RuleBroken($"The metric {metric.Code} starts every period at zero; only a recurring one carries units on.");
        }

        _carried = _carried?.Merge(earlier) ?? earlier;
    }

    /// <summary>Adds what a store added up before: a state of events inside the window. Their single values are not known then.</summary>
    /// <exception cref="InvalidOperationException">Single events are needed.</exception>
    public void Merge(MeterState inside)
    {
        if (needs != MeterNeeds.Nothing)
        {
            throw new InvalidOperationException("Days, values and high-water marks need the events themselves, not what they added up to.");
        }

        _state = _state.Merge(inside);
    }

    /// <summary>Adds an event, and says why when it does not count.</summary>
    /// <exception cref="ArithmeticException">The total needs more than 28 digits.</exception>
    public Exclusion? Add(UsageEvent usage) => Add(usage, Reading.Take(metric, usage, out var reading), reading);

    internal Exclusion? Add(UsageEvent usage, Exclusion? excluded, Reading reading)
    {
        if (excluded == Exclusion.OtherName || window?.Excludes(usage.At, metric.Recurring) == true)
        {
            return excluded ?? Exclusion.OutsideWindow;
        }

        var before = window is not null && usage.At < window.When.Start;
        if (excluded is not null)
        {
            _withoutValue += before ? 0 : 1;
            return excluded;
        }

        if (before)
        {
            _carried = (_carried ?? MeterState.Empty(metric.Aggregation)).With(reading);
        }
        else
        {
            _state = _state.With(reading);
            if (usage.NumberOf(UsageEvent.CarriedAmountProperty) is { } amount)
            {
                _carriedMinorUnits = Exact.Add(_carriedMinorUnits, amount);
            }
        }

        if (needs != MeterNeeds.Nothing)
        {
            (before ? _before : _inside).Add(reading);
        }

        return null;
    }

    // Lago's rule: what is billed as it happens is not rounded as a metric is, or the parts would not add up.
    private Measured InAdvance(Measured measured)
    {
        var mark = HighWater();
        return measured with
        {
            Quantity = mark.Peak,
            Exact = Quotient.Of(mark.Peak),
            Parts = needs.HasFlag(MeterNeeds.Days) ? mark.Parts(Window()) : [],
        };
    }

    private Measured WithLevel(Measured measured)
    {
        var level = metric.Aggregation is Aggregation.UniqueCount
            ? _state.Finish(null, _carried).Value
            : Exact.Add(_state.Level, _carried?.Level ?? 0);
        return level == measured.Quantity ? measured : measured with { Level = level };
    }

    private List<Reading> Effective() =>
        metric.Aggregation == Aggregation.UniqueCount ? ItemToggles.Effective(_inside, _carried as ItemsState) : _inside;

    private decimal Rounded(Quotient quantity) => metric.Rounding?.Of(quantity) ?? quantity.Value;

    private UsageWindow Window() =>
        window ?? throw new InvalidOperationException("Units are charged by the day within a period; the meter was given none.");
}
