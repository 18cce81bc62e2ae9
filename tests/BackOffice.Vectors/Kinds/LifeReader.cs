using BackOffice.Core.Billing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Finds the figures vectors speak of in the documents the engine made.</summary>
internal static class LifeReader
{
    public static long Cents(this IEnumerable<RatedLine> lines) => lines.Sum(line => line.Amount.MinorUnits);

    public static IEnumerable<RatedLine> Lines(this IEnumerable<BillingDocument> documents, LineKind kind, int? phase = null) =>
        documents.SelectMany(document => document.Items).Where(rated => phase is null || rated.Item.Phase.Number == phase)
            .SelectMany(rated => rated.Lines).Where(line => line.Kind == kind);

    public static IEnumerable<RatedItem> Items(this IEnumerable<BillingDocument> documents, DueKind kind) =>
        documents.SelectMany(document => document.Items).Where(rated => rated.Item.Kind == kind);

    public static IReadOnlyList<BillingDocument> On(this IEnumerable<BillingDocument> documents, LocalDate day) =>
        [.. documents.Where(document => document.Day == day)];

    public static IReadOnlyList<BillingDocument> DueAt(this IEnumerable<BillingDocument> documents, Instant at) =>
        [.. documents.Where(document => document.DueAt == at)];

    public static long Due(this IEnumerable<BillingDocument> documents) => documents.Sum(document => document.Content.Due.MinorUnits);

    public static long Total(this IEnumerable<BillingDocument> documents) => documents.Sum(document => document.Content.Total.MinorUnits);

    public static UnusedNote? Note(this IEnumerable<BillingDocument> documents) =>
        documents.SelectMany(document => document.Notes).SingleOrDefault();

    public static long? TrueUp(this IReadOnlyList<BillingDocument> documents) =>
        documents.Lines(LineKind.TrueUp).ToList() is { Count: > 0 } lines ? lines.Cents() : null;

    /// <summary>The base fee that owes something, with its days.</summary>
    public static RatedItem? BaseFee(this IEnumerable<BillingDocument> documents, int? phase = null) => documents.Items(DueKind.BaseFee)
        .LastOrDefault(rated => rated.Lines.Count > 0 && (phase is null || rated.Item.Phase.Number == phase));

    /// <summary>The moments of a period as other systems print them: to the last second, or to the moment something ended.</summary>
    public static Instant PrintedEnd(this DueItem item, Instant end) => item.Phase.End?.At == end && item.Days < item.Whole.Days
        ? end
        : end - Duration.FromSeconds(1);

    /// <summary>All that a step of a sequence may ask about the invoices of a day.</summary>
    public static Dictionary<string, object?> Step(LifeBuilder life, IReadOnlyList<BillingDocument> documents, Facts step)
    {
        var on = documents.On(life.Life.DayOf(life.At(step["on"])));
        var made = on.Where(document => !document.IsEmpty).ToList();
        var figures = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["on"] = step["on"].Text,
            ["invoices"] = made.Count,
            ["one_invoice_for_both"] = made.Count == 1 && on.Lines(LineKind.FixedCharge, 2).Any() && on.BaseFee(1) is not null,
            ["invoice_total_cents"] = made.Total(),
            ["total_amount_cents"] = made.Due(),
            ["commitment_cents"] = on.TrueUp(),
            ["commitment_true_up_cents"] = on.TrueUp(),
            ["true_up_cents"] = on.TrueUp(),
            ["billed_days"] = on.BaseFee()?.Item.Days,
            ["period_days"] = on.BaseFee()?.Item.Whole.Days,
        };
        Phase("", null);
        Phase("old_", 1);
        Phase("new_", 2);
        return figures;

        void Phase(string prefix, int? phase)
        {
            figures[prefix + "subscription_fee_cents"] = on.Lines(LineKind.BaseFee, phase).Cents();
            figures[prefix + "usage_cents"] = on.Lines(LineKind.Usage, phase).Cents();
            figures[prefix + "usage_fee_cents"] = on.Lines(LineKind.Usage, phase).Cents();
            figures[prefix + "days"] = on.BaseFee(phase)?.Item.Days;
            var name = prefix + "fixed_charges_cents";
            var lines = on.Lines(LineKind.FixedCharge, phase).ToList();
            figures[name] = step[name].IsList
                ? lines.Select(line => line.Amount.MinorUnits).Order().ToList()
                : lines.GroupBy(line => line.Name).ToDictionary(group => group.Key, group => (object?)group.Cents());
        }
    }

    /// <summary>The sequence of a vector, step by step.</summary>
    public static void Steps(this Check check, Vector vector, LifeBuilder life)
    {
        var steps = vector.Expected["steps"].Items;
        var through = life.FirstMoment(steps.Max(step => life.Life.DayOf(life.At(step["on"]))).PlusDays(1)) - Duration.Epsilon;
        var documents = life.Bill(through);
        check.That("steps", steps.Select(step => Step(life, documents, step)));
    }
}
