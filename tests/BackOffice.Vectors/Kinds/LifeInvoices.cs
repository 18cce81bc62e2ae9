using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>The invoices of subscriptions that change and end: the sequences of invoices.json.</summary>
internal static class LifeInvoices
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("first_invoice_timezone", FirstInvoice),
        new("full_month_renewal", Renewal),
        new("upgrade_then_termination", UpgradeThenTermination),
        new("termination_in_arrears_with_tax", Termination),
        new("termination_in_arrears", Termination),
        new("termination_in_advance", Termination),
        new("termination_in_advance_same_day", Termination),
        new("recurring_prorated_usage_on_termination", Termination),
        new("grace_period_termination", Termination),
        new("recurring_metric_on_upgrade", RecurringOnUpgrade),
        new("recurring_metric_on_termination", RecurringOnTermination),
        new("upgrade_in_advance", Upgrade),
        new("upgrade_in_arrears", Upgrade),
        new("events_on_plan_change_day", EventsOnChangeDay),
    ];

    /// <summary>A credit note as it is prepared, before its invoice is final.</summary>
    public static string StatusOf(UnusedNote note) =>
        CreditNote.Prepare(InvoiceId.New(), CustomerId.New(), note.Content, note.Split, (CreditNoteReason.OrderCancellation, null))
            .Status.ToString().ToLowerInvariant();

    private static void FirstInvoice(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var at = life.At(vector.Input["created_at"]);
        var documents = life.Start(life.Plan(), at).Bill(at);
        check.IfExpected("total_amount_cents", () => documents.Due());
        check.IfExpected("billed_days", () => documents.BaseFee()?.Item.Days);
        check.IfExpected("period_days", () => documents.BaseFee()?.Item.Whole.Days);
    }

    private static void Renewal(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var documents = life.Start(life.Plan(), life.At(vector.Input["started_at"])).Bill(life.At(vector.Input["billed_at"]));
        var last = documents.Last(document => !document.IsEmpty);
        Boundaries(life, [last], last.Items.Last(rated => rated.Item.Kind == DueKind.BaseFee).Item).ToList()
            .ForEach(boundary => check.IfExpected(boundary.Key, () => boundary.Value));
        check.IfExpected("total_amount_cents", () => last.Content.Due.MinorUnits);
    }

    private static void UpgradeThenTermination(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var (upgraded, terminated) = (life.At(input["upgraded_at"]), life.At(input["terminated_at"]));
        life.Start(life.Plan(input, "first_plan_cents"), life.At(input["started_at"]))
            .Then(l => l.ChangePlan(life.Plan(input, "second_plan_cents"), upgraded)).Then(l => l.Terminate(terminated));
        var documents = life.Bill(terminated);
        foreach (var (name, at) in new[] { ("upgrade_invoice", upgraded), ("termination_invoice", terminated) })
        {
            var due = documents.DueAt(at);
            var figures = Lives.Figures(due)!;
            foreach (var (member, moment) in Boundaries(life, due, due[0].Items.First(rated => rated.Item.Kind == DueKind.Usage).Item))
            {
                figures[member] = moment;
            }

            check.IfExpected(name, () => figures);
        }
    }

    private static void Termination(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var (start, end) = (life.At(input["started_at"]), life.At(input["terminated_at"]));
        var charge = ChargeOf(life, input, start);
        life.Start(life.Plan(charges: charge is null ? [] : [charge]), start).Then(l => l.Terminate(end));
        var documents = life.Bill(end);
        var last = documents.DueAt(end);
        var figures = Lives.Figures(last)!;
        figures["charge_fee_cents"] = figures["usage_fee_cents"];
        foreach (var (member, value) in figures)
        {
            check.IfExpected(member, () => value);
        }

        var first = documents.Where(document => document.DueAt < end && !document.IsEmpty).Take(1);
        check.IfExpected("first_invoice", () => Lives.Figures(first));
        check.IfExpected("invoice", () => figures);
        check.IfExpected("credit_note", () => last.Note() is { } note ? Lives.Figures(note) : null);
        check.IfExpected("credit_note_cents", () => last.Note()?.Content.Total.MinorUnits);
        check.IfExpected("credit_note_left_cents", () => documents.Aggregate(life.Account, (known, document) => known.After(document))
            .Credits.Sum(credit => credit.Balance.MinorUnits));
        check.IfExpected("termination_invoice_cents", () => last.Due());
        check.IfExpected("termination_draft_total_cents", () => last.Total());
        check.IfExpected("termination_final_total_cents", () => last.Due());
        check.IfExpected("stays_after_refresh", () => life.Bill(end).DueAt(end).Due() == last.Due());
    }

    private static void RecurringOnUpgrade(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var start = Instant.FromUtc(2024, 1, 1, 0, 0);
        var upgraded = Instant.FromUtc(2024, 1, 20, 6, 0);
        var charge = Recurring(life, vector.Input, start);
        var same = vector.Input["new_plan_has_same_metric"].Flag ? new[] { LifeBuilder.At(charge, 1) } : [];
        life.Start(life.Plan(charges: charge), start).Then(l => l.ChangePlan(life.Plan(charges: same), upgraded));
        check.IfExpected("old_plan_bills_the_charge", () => life.Bill(upgraded).DueAt(upgraded).Lines(LineKind.Usage, 1).Any());
    }

    private static void RecurringOnTermination(Vector vector, Check check)
    {
        var life = new LifeBuilder(vector.Input);
        var start = Instant.FromUtc(2024, 1, 1, 0, 0);
        var terminated = Instant.FromUtc(2024, 1, 20, 6, 0);
        life.Start(life.Plan(charges: Recurring(life, vector.Input, start)), start).Then(l => l.Terminate(terminated));
        check.IfExpected("termination_invoice_bills_the_charge", () => life.Bill(terminated).DueAt(terminated).Lines(LineKind.Usage).Any());
    }

    private static Charge Recurring(LifeBuilder life, Facts input, Instant start)
    {
        var charge = life.Charge("units", 1, input["recurring"].Flag, new ChargeSettings
        {
            Prorated = input["prorated"].Flag,
            PayInAdvance = input["charge_pay_in_advance"].Flag,
        });
        life.Use(charge, start + Duration.FromDays(3), 5);
        return charge;
    }

    private static void Upgrade(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var start = life.At(input["started_at"]);
        var upgraded = life.At(input["upgraded_at"]);
        var charge = ChargeOf(life, input, start);
        IReadOnlyList<Charge> charges = charge is null ? [] : [charge];
        life.Start(life.Plan(input, "old_plan_cents", charges: charges), start)
            .Then(l => l.ChangePlan(life.Plan(input, "new_plan_cents", charges: charges), upgraded));
        var documents = life.Bill(life.At(input["next_billed_at"]));
        var change = documents.DueAt(upgraded);
        check.IfExpected("credit_note_cents", () => change.Note()?.Content.Total.MinorUnits);
        check.IfExpected("upgrade_invoice", () => Lives.Figures(change));
        check.IfExpected("old_plan_invoice", () => Lives.Figures(change));
        check.IfExpected("march_invoice", () => Lives.Figures(documents.On(life.Life.DayOf(life.At(input["next_billed_at"])))));
    }

    private static void EventsOnChangeDay(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var old = life.Charge("units", input["old_price"].Number);
        foreach (var usage in input["events"].Items)
        {
            life.Use(old, life.At(usage["at"]), usage["units"].Number);
        }

        life.Start(life.Plan(charges: old), life.At(input["started_at"]))
            .Then(l => l.ChangePlan(life.Plan(charges: LifeBuilder.At(old, input["new_price"].Number)), life.At(input["upgraded_at"])));
        var through = life.At(input["upgraded_at"]) + Duration.FromDays(366);
        if (input["changed_back_at"].IsThere)
        {
            through = life.At(input["changed_back_at"]);
            life.Then(l => l.ChangePlan(life.Plan(charges: old), through));
        }

        var documents = life.Bill(through);
        check.IfExpected("first_plan_usage_cents", () => documents.Lines(LineKind.Usage, 1).Cents());
        check.IfExpected("second_plan_usage_cents", () => documents.Lines(LineKind.Usage, 2).Cents());
    }

    // Usage is told in three ways: a charge in words with units that come, a price with units, or single events with their price.
    private static Charge? ChargeOf(LifeBuilder life, Facts input, Instant start)
    {
        var usage = input["usage"].IsList ? input["usage"].Items : input["usage"].IsThere ? [input["usage"]] : [];
        var charge = input["charge"].IsThere ? life.InWords(input["charge"].Text)
            : input["units_added"].IsThere ? life.Charge("units", input["unit_price"].Number, true, new ChargeSettings
            {
                Prorated = input["prorated"].Flag,
                PayInAdvance = input["charge_pay_in_advance"].Flag,
            })
            : usage.Count > 0 ? life.Charge("units", usage[0]["unit_price"].Number)
            : null;
        foreach (var added in input["units_added"].Items)
        {
            life.Use(charge!, life.At(added["at"]), added["units"].Number);
        }

        foreach (var used in usage)
        {
            life.Use(charge!, used["at"].IsThere ? life.At(used["at"]) : start, used["count"].Number);
        }

        return charge;
    }

    private static Dictionary<string, object?> Boundaries(LifeBuilder life, IReadOnlyList<BillingDocument> documents, DueItem item)
    {
        var usage = documents.Items(DueKind.Usage).First().Item;
        var days = item.Kind == DueKind.BaseFee ? life.FirstMoment(item.Shown.End) : item.Moments.End;
        return new(StringComparer.Ordinal)
        {
            ["from_"] = life.FirstMoment(item.Shown.Start),
            ["to"] = item.PrintedEnd(days),
            ["charges_from"] = usage.Moments.Start,
            ["charges_to"] = usage.PrintedEnd(usage.Moments.End),
        };
    }
}
