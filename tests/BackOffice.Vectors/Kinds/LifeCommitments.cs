using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Commitments over the life of a subscription: the sequences of commitments.json.</summary>
internal static class LifeCommitments
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("true_up_sequence", Sequence),
        new("true_up_upgrade", Upgrade),
        new("true_up_downgrade", Downgrade),
        new("true_up_yearly_monthly_charges", YearlyWithMonthlyUsage),
    ];

    private static void Sequence(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var start = life.At(vector.Input["subscription_start"]);
        var runs = new List<Instant> { start };
        runs.AddRange(vector.Input["billed_at"].Items.Select(life.At));
        life.Start(life.Plan(), start);
        if (vector.Input["terminated_at"].IsThere)
        {
            runs.Add(life.At(vector.Input["terminated_at"]));
            life.Then(l => l.Terminate(runs[^1]));
        }

        var documents = life.Bill(runs[^1]);
        check.That("true_ups_cents", runs.Select((run, i) => documents
            .Where(document => document.DueAt <= run && (i == 0 || document.DueAt > runs[i - 1])).ToList().TrueUp()));
    }

    private static void Upgrade(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var at = life.At(vector.Input["upgraded_at"]);
        var plan = life.Plan();
        life.Start(plan, life.At(vector.Input["subscription_start"])).Then(l => l.ChangePlan(plan, at));
        var documents = life.Bill(at).On(life.Life.DayOf(at));
        var usage = documents.Items(DueKind.Usage).Last().Item;
        check.IfExpected("invoice_period", () => new object[] { life.FirstMoment(usage.Shown.Start), usage.Moments.End });
        check.IfExpected("has_true_up_line", () => documents.TrueUp() is not null);
        check.IfExpected("true_up_cents", () => documents.TrueUp());
    }

    private static void Downgrade(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var plan = life.Plan();
        var cheaper = plan with { BaseFee = Money.Zero(plan.Currency), Settings = plan.Settings with { Commitment = null } };
        life.Start(plan, life.At(vector.Input["subscription_start"]))
            .Then(l => l.ChangePlan(cheaper, life.At(vector.Input["downgrade_requested"])));
        var documents = life.Bill(life.At(vector.Input["applied_by_run_at"]));
        var last = documents.Where(document => !document.IsEmpty).TakeLast(1).ToList();
        var item = last.BaseFee(1)!.Item;
        check.IfExpected("from", () => life.FirstMoment(item.Shown.Start));
        check.IfExpected("to", () => item.PrintedEnd(life.FirstMoment(item.Shown.End)));
        check.IfExpected("subscription_fee_cents", () => last.Lines(LineKind.BaseFee, 1).Cents());
        check.IfExpected("true_up_cents", () => last.TrueUp());
        check.IfExpected("invoice_total_cents", () => last.Due());
    }

    private static void YearlyWithMonthlyUsage(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var start = life.At(input["subscription_start"]);
        var inAdvance = life.Charge("advance", 0.01m, settings: new ChargeSettings { PayInAdvance = true });
        var inArrears = life.Charge("arrears", 0.01m);
        var year = input["usage_in_year_cents"];
        foreach (var (charge, usage) in new[] { (inAdvance, year["in_advance"]), (inArrears, year["in_arrears"]) })
        {
            foreach (var (month, cents) in usage.Items.Index())
            {
                life.Use(charge, life.FirstMoment(start.InZone(life.Zone).Date.PlusMonths(month).PlusDays(1)), cents.Number);
            }
        }

        life.Start(life.Plan(charges: [inAdvance, inArrears]), start);
        var whole = life.Life.GridOf(life.Life.First).Containing(life.Life.First.FirstDay);
        var documents = life.Bill(life.FirstMoment(whole.End));
        var months = documents.Where(document => document.Items.Any(rated => rated.Item.Kind == DueKind.Usage)).ToList();
        var last = documents.Items(DueKind.TrueUp).Single();
        check.IfExpected("true_up_cents", () => documents.TrueUp());
        check.IfExpected("months_without_true_up", () => months.Count(made => made.Lines.All(line => line.Kind != LineKind.TrueUp)));
        check.IfExpected("prorated_commitment_cents", () => Money.Rounded(last.Lines[0].Steps[0].Amount, LifeBuilder.Eur).MinorUnits);
        check.IfExpected("subscription_fee_cents", () => documents.Lines(LineKind.BaseFee).Cents());
        check.IfExpected("active_days", () => last.Item.Days);
        check.IfExpected("period_days", () => last.Item.Whole.Days);
    }
}
