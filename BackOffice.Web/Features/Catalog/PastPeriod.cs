using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A subscription's real usage in a period that is over, to be rated again on any terms of its plan.</summary>
internal sealed class PastPeriod
{
    private readonly SubscriptionLife _life;
    private readonly IReadOnlyDictionary<MetricId, Metric> _metrics;
    private readonly UsageLog _usage;

    private PastPeriod(SubscriptionLife life, Core.Common.Period period, IReadOnlyDictionary<MetricId, Metric> metrics, UsageLog usage) =>
        (_life, Days, _metrics, _usage) = (life, period, metrics, usage);

    public Core.Common.Period Days { get; }

    /// <summary>The last period of the subscription that was over at a moment; null when none was.</summary>
    /// <param name="metrics">All metrics.</param>
    /// <param name="containing">Instead the period that contains this day; null as well when it is not over.</param>
    public static async Task<PastPeriod?> Load(
        BackOfficeDb db, SubscriptionLife life, IReadOnlyDictionary<MetricId, Metric> metrics, Instant now, LocalDate? containing,
        CancellationToken cancel)
    {
        var grid = life.GridOf(life.Last);
        var today = life.DayOf(now);
        var period = containing is { } day ? grid.Containing(day) : grid.Nth(grid.IndexOf(today) - 1);
        if (period.End <= life.First.FirstDay || period.End > today || life.End?.Day <= period.Start)
        {
            return null;
        }

        // From the start, since recurring metrics carry on what was there before.
        var events = new List<UsageEvent>();
        var until = period.In(life.Zone).End;
        if (life.First.From < until)
        {
            await foreach (var usage in db.BillableEvents(life.Subscription, new Interval(life.First.From, until), cancel: cancel))
            {
                events.Add(usage);
            }
        }

        return new PastPeriod(life, period, metrics, UsageLog.Empty.With(life.Subscription, events));
    }

    /// <summary>What the period costs on some terms, with what was agreed for the subscription.</summary>
    /// <exception cref="RuleBroken">A rule refuses.</exception>
    public IReadOnlyList<RatedLine> Rate(PlanTerms terms)
    {
        var agreed = _life.Last.Terms.Agreed is { } own ? terms.With(own) : terms;
        var first = _life.First;
        var again = _life with
        {
            BillFrom = null,
            Phases = [new Phase(1, AfterThePeriod(agreed), first.From, first.FirstDay) { End = _life.End }],
        };
        return PeriodLines.Of(again, Days, _metrics, _usage);
    }

    // Billed event by event or at the end: the amounts of a period are the same.
    private static PlanTerms AfterThePeriod(PlanTerms terms) => terms with { Charges = [.. terms.Charges.Select(AfterThePeriod)] };

    private static Charge AfterThePeriod(Charge charge) => charge.Settings.PayInAdvance
        ? Charge.Of(charge.Name, charge.MetricId, charge.Price, charge.Settings with { PayInAdvance = false })
        : charge;
}
