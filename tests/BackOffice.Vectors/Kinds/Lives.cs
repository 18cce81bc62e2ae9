using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Subscriptions that change and end: the sequences of proration.json.</summary>
internal static class Lives
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("upgrade_monthly_to_yearly_in_advance", UpgradeInAdvance),
        new("upgrade_with_fixed_charges", (vector, check) => ChangeWithFixedCharges(vector, check, "upgraded_at")),
        new("downgrade_monthly_to_yearly_in_advance", DowngradeInAdvance),
        new("downgrade_with_fixed_charges", (vector, check) => ChangeWithFixedCharges(vector, check, "requested_at")),
        new("trial_end_invoice", TrialEnd),
        new("trial_end_timezone", TrialEnd),
        new("trial_upgrade", TrialUpgrade),
        new("trial_longer_than_period", TrialSteps),
        new("trial_and_commitment", TrialSteps),
        new("create_and_terminate_same_day", CreateAndTerminate),
        new("manual_termination", ManualTermination),
        new("subscription_with_end_date", EndDate),
        new("terminated_on_creation_day", Terminated),
        new("terminated_on_first_day_of_next_period", Terminated),
        new("fixed_charges_monthly_year", FixedCharges),
    ];

    private static void UpgradeInAdvance(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var at = life.At(vector.Input["upgraded_at"]);
        life.Start(life.Plan(vector.Input["old_plan"]), life.At(vector.Input["anchor"]))
            .Then(l => l.ChangePlan(life.Plan(vector.Input["new_plan"]), at));
        var documents = life.Bill(at).DueAt(at);
        check.IfExpected("new_fee_amount_cents", () => documents.Lines(LineKind.BaseFee, 2).Cents());
        check.IfExpected("credit_note_cents", () => documents.Note()?.Content.Total.MinorUnits);
        check.IfExpected("old_unused_days", () => documents.Note()?.Item.Days);
        check.IfExpected("old_period_days", () => documents.Note()?.Item.Whole.Days);
        check.IfExpected("new_billed_days", () => documents.BaseFee(2)?.Item.Days);
        check.IfExpected("new_period_days", () => documents.BaseFee(2)?.Item.Whole.Days);
    }

    private static void ChangeWithFixedCharges(Vector vector, Check check, string when)
    {
        var life = new LifeBuilder(vector.Input);
        life.Start(life.Plan(vector.Input["old_plan"]), life.At(vector.Input["started_at"]))
            .Then(l => l.ChangePlan(life.Plan(vector.Input["new_plan"]), life.At(vector.Input[when])));
        check.Steps(vector, life);
    }

    private static void DowngradeInAdvance(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var requested = life.At(vector.Input["requested_at"]);
        life.Start(life.Plan(vector.Input["old_plan"]), life.At(vector.Input["anchor"]))
            .Then(l => l.ChangePlan(life.Plan(vector.Input["new_plan"]), requested));
        var applied = life.Life.Last;
        var documents = life.Bill(applied.From);
        var fee = documents.BaseFee(applied.Number);
        check.IfExpected("applied_on", () => applied.FirstDay);
        check.IfExpected("new_fee_amount_cents", () => fee?.Lines.Cents());
        check.IfExpected("new_billed_from", () => fee?.Item.Shown.Start);
        check.IfExpected("new_billed_to", () => fee?.Item.Shown.LastDay);
        check.IfExpected("billed_days", () => fee?.Item.Days);
        check.IfExpected("period_days", () => fee?.Item.Whole.Days);
        check.IfExpected("invoices_on_request", () => documents.DueAt(requested).Count(document => !document.IsEmpty));
    }

    private static void TrialEnd(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        life.Start(life.Plan(advance: true), life.At(vector.Input["started_at"]));
        var ends = life.Life.TrialEnd(life.Life.First);
        var documents = life.Bill(ends);
        check.IfExpected("fee_amount_cents", () => documents.DueAt(ends).Lines(LineKind.BaseFee).Cents());
        check.IfExpected("billed_days", () => documents.BaseFee()?.Item.Days);
        check.IfExpected("period_days", () => documents.BaseFee()?.Item.Whole.Days);
        check.IfExpected("trial_ends_at", () => ends);
        check.IfExpected("not_billed_at", () => vector.Expected["not_billed_at"].Items.Select(life.At)
            .Where(at => life.Bill(at).All(document => document.IsEmpty)));
        check.IsProse("billed_at");
    }

    private static void TrialUpgrade(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var (old, next) = (vector.Input["old_plan"], vector.Input["new_plan"]);
        var usage = life.Charge("usage", old["usage_price"].NumberOrNull ?? 0);
        foreach (var day in vector.Input["usage"].Items)
        {
            life.Use(usage, life.At(day) + Duration.FromHours(12), 1);
        }

        life.Start(life.Plan(old, advance: true, charges: usage), life.At(vector.Input["started_at"])).Then(l => l.ChangePlan(
            life.Plan(next, advance: true, charges: LifeBuilder.At(usage, next["usage_price"].NumberOrNull ?? 0)),
            life.At(vector.Input["upgraded_at"])));
        check.Steps(vector, life);
    }

    private static void TrialSteps(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var usage = life.Charge("usage", vector.Input["usage_price"].NumberOrNull ?? 0.01m);
        foreach (var day in vector.Input["usage"].Items)
        {
            life.Use(usage, life.At(day) + Duration.FromHours(12), 1);
        }

        foreach (var (day, cents) in vector.Input["usage_cents"].Given)
        {
            life.Use(usage, life.FirstMoment(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value) + Duration.FromHours(12), cents.Number);
        }

        life.Start(life.Plan(advance: true, charges: usage), life.At(vector.Input["started_at"]));
        check.Steps(vector, life);
    }

    private static void CreateAndTerminate(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var start = life.At(vector.Input["at"]);
        var end = start + Duration.Epsilon;
        life.Start(life.Plan(), start).Then(l => l.Terminate(end));
        var documents = life.Bill(end);
        var first = documents.DueAt(start);
        check.IfExpected("first_invoice_total_cents", () => first.Due());
        check.IfExpected("billed_days", () => first.BaseFee()?.Item.Days);
        check.IfExpected("credit_note", () => documents.Note() is { } note ? Figures(note) : null);
        check.IfExpected("termination_invoice_total_cents", () => documents.DueAt(end).Due());
    }

    private static void ManualTermination(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var (start, end) = (life.At(vector.Input["started_at"]), life.At(vector.Input["terminated_at"]));
        var usage = life.Charge("usage", 0.01m);
        life.Use(usage, start, vector.Input["usage_cents"].NumberOrNull ?? 0).Start(life.Plan(charges: usage), start);
        var wish = vector.Input["on_termination_credit_note"].TextOrNull ?? "credit";
        var before = life.Bill(end - Duration.Epsilon);
        var account = before.Aggregate(life.Account, (known, document) => known.After(document));
        if (wish is "refund" || vector.Input["paid"].Flag)
        {
            account = before.Aggregate(account, (known, document) => known with
            {
                Documents = known.Documents.SetItem(
                    document.Reference, known.Documents[document.Reference].AfterPayment(document.Content.Due)),
            });
        }

        life.Then(l => l.Terminate(end, new TerminationChoice(
            vector.Input["on_termination_invoice"].TextOrNull is not "skip", Enum.Parse<UnusedFee>(wish, ignoreCase: true))));
        var documents = life.Bill(account.With(life.Life), end);
        var after = documents.Aggregate(account, (known, document) => known.After(document));
        check.IfExpected("first_invoice", () => Figures(before.Where(document => !document.IsEmpty)));
        check.IfExpected("credit_note", () => documents.Note() is { } note ? Figures(note) : null);
        check.IfExpected("termination_invoice", () => Figures(documents.Where(document => !document.IsEmpty)));
        check.IfExpected("credit_balance_after", () => after.Credits.Sum(credit => credit.Balance.MinorUnits));
    }

    private static void EndDate(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var (start, end) = (life.At(vector.Input["subscription_at"]), life.At(vector.Input["ending_at"]));
        life.Start(life.Plan(), start).Then(l => l.EndAt(end, start));
        Last(check, life.Bill(end + Duration.FromMinutes(15)));
    }

    private static void Terminated(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var end = life.At(vector.Input["terminated_at"]);

        // "2023-09 on 2023-10-01": the period before is billed, so the subscription is at least as old.
        var start = vector.Input["subscription_at"] is { IsThere: true } at
            ? life.At(at)
            : life.FirstMoment(NodaTime.Text.LocalDatePattern.Iso.Parse(vector.Input["already_billed"].Text[..7] + "-01").Value);
        life.Start(life.Plan(), start).Then(l => l.Terminate(end));
        Last(check, life.Bill(end));
    }

    private static void FixedCharges(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        life.Start(life.Plan(), life.At(vector.Input["subscription_start"]));
        check.Steps(vector, life);
    }

    private static void Last(Check check, IReadOnlyList<BillingDocument> documents)
    {
        var last = documents.Last(document => !document.IsEmpty);
        check.IfExpected("invoice_total_cents", () => last.Content.Due.MinorUnits);
        check.IfExpected("billed_days", () => documents.BaseFee()?.Item.Days);
        check.IfExpected("period_days", () => documents.BaseFee()?.Item.Whole.Days);
        check.IfExpected("issuing_date", () => last.Day);
    }

    internal static Dictionary<string, object?> Figures(UnusedNote note) => new(StringComparer.Ordinal)
    {
        ["unused_days"] = note.Item.Days,
        ["subtotal_cents"] = note.Content.Net.MinorUnits,
        ["tax_cents"] = note.Content.Tax.MinorUnits,
        ["taxes_cents"] = note.Content.Tax.MinorUnits,
        ["total_cents"] = note.Content.Total.MinorUnits,
        ["credit_cents"] = note.Split.Credit.MinorUnits,
        ["refund_cents"] = note.Split.Refund.MinorUnits,
        ["offset_cents"] = note.Split.Offset.MinorUnits,
        ["status_until_first_invoice_is_final"] = LifeInvoices.StatusOf(note),
    };

    internal static Dictionary<string, object?>? Figures(IEnumerable<BillingDocument> documents)
    {
        var made = documents.ToList();
        return made.Count == 0 ? null : new(StringComparer.Ordinal)
        {
            ["fee_cents"] = made.Lines(LineKind.BaseFee).Cents(),
            ["subtotal_cents"] = made.Sum(document => document.Content.Subtotal.MinorUnits),
            ["tax_cents"] = made.Sum(document => document.Content.Tax.MinorUnits),
            ["taxes_cents"] = made.Sum(document => document.Content.Tax.MinorUnits),
            ["taxes_amount_cents"] = made.Sum(document => document.Content.Tax.MinorUnits),
            ["credit_applied_cents"] = made.Sum(document => document.Credits.Total.MinorUnits),
            ["credit_notes_cents"] = made.Sum(document => document.Credits.Total.MinorUnits),
            ["subscription_fee_cents"] = made.Lines(LineKind.BaseFee).Cents(),
            ["new_plan_fee_cents"] = made.Lines(LineKind.BaseFee, 2).Cents(),
            ["usage_fee_cents"] = made.Lines(LineKind.Usage).Cents(),
            ["total_cents"] = made.Due(),
            ["total_amount_cents"] = made.Due(),
        };
    }
}
