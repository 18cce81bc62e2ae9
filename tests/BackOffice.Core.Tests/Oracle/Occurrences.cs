using System.Collections.Concurrent;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Counts what random accounts really had on their documents: an oracle proves nothing about what never occurs.</summary>
internal sealed class Occurrences
{
    private static readonly (string What, Func<BillingDocument, int> Count)[] OnDocuments =
    [
        ("usage that met a filter", Lines(line => line.Filter is not null)),
        ("usage of a group", Lines(line => line.Group is not null)),
        ("usage of a filter and a group", Lines(line => line.Filter is not null && line.Group is not null)),
        ("units that were carried on", Lines(line => line.MetricCode is "licences" or "people" or "storage")),
        ("units that count by the day", Lines(line => line.Kind == LineKind.Usage && line.Steps.Any(step => step.Days is not null))),
        ("an event billed as it happened", Lines(line => line.Kind == LineKind.Usage && line.InAdvance)),
        ("an event billed for the days that are left",
            Lines(line => line.Kind == LineKind.Usage && line.InAdvance && line.Steps.Any(step => step.Days is not null))),
        ("units billed again in a new period", Items(DueKind.UsageInAdvance, item => item.Part!.Contains(":renewal", Ordinal))),
        ("more units of a fixed charge", Items(DueKind.FixedIncrease, _ => true)),
        ("a fixed charge that was paid by the plan before",
            Lines(line => line.Kind == LineKind.FixedCharge && line.Steps.Any(step => step.Label.StartsWith("Paid already", Ordinal)))),
        ("a fixed charge whose units changed in the period",
            Lines(line => line.Kind == LineKind.FixedCharge && line.Steps.Select(step => step.Days).Distinct().Count() > 1)),
        ("a minimum of a charge", Lines(line => line.Kind == LineKind.Minimum)),
        ("a maximum of a charge", Lines(line => line.Steps.Any(step => step.Label.StartsWith("Above the most", Ordinal)))),
        ("a maximum of what is billed as it happens",
            Lines(line => line.InAdvance && line.Steps.Any(step => step.Label.StartsWith("Above the most", Ordinal)))),
        ("a minimum of a charge that has a maximum", document => document.Items.Sum(item => item.Lines.Count(line =>
            line.Kind == LineKind.Minimum && item.Item.Phase.Terms.Charges.Any(charge =>
                line.Name.StartsWith(charge.Name, Ordinal) && charge.Settings.Maximum is not null)))),
        ("a commitment", Lines(line => line.Kind == LineKind.TrueUp)),
        ("a year's commitment when usage is billed by the month", Items(DueKind.TrueUp, item =>
            item.Phase.Terms is { Interval: BillingInterval.Yearly, Settings.UsageMonthly: true })),
        ("a fee kept as credit", document => document.Notes.Count(note => note.Split.Credit.MinorUnits > 0)),
        ("a fee paid back", document => document.Notes.Count(note => note.Split.Refund.MinorUnits > 0)),
        ("a fee taken off what is open", document => document.Notes.Count(note => note.Split.Offset.MinorUnits > 0)),
        ("a document paid by a credit note", document => document.Credits.Total.MinorUnits > 0 ? 1 : 0),
        ("a document paid by several wallets",
            document => document.Wallets.Parts.Select(part => part.Wallet).Distinct().Count() > 1 ? 1 : 0),
        ("a document that a wallet may pay in part", document =>
            document.Wallets.Total.MinorUnits > 0 && document.Content.Due.MinorUnits > 0 ? 1 : 0),
        ("a coupon", document => document.CouponCredits.Count),
        ("a line of several taxes", document => document.Content.LineTaxes.Count(taxes => taxes.Count > 1)),
    ];

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    private const StringComparison Ordinal = StringComparison.Ordinal;

    public void Note(RandomAccount random, IReadOnlyList<BillingDocument> documents)
    {
        foreach (var (what, count) in OnDocuments)
        {
            Add(what, documents.Sum(count));
        }

        Add("a subscription that lets go what is owed", random.Account.Lives.Count(life => life.End is { Invoice: false }));
        Add("a subscription that somebody else billed before", random.Account.Lives.Count(life => life.BillFrom is not null));
        foreach (var charge in random.Account.Lives.SelectMany(life => life.Phases).SelectMany(phase => phase.Terms.Charges))
        {
            Add($"a charge at a {charge.Price.GetType().Name}", 1);
        }
    }

    /// <summary>Everything was there often enough to be proven.</summary>
    public void AllOccurred(int times) => Assert.All(_counts.Where(count => count.Value < times),
        count => Assert.Fail($"Among the random accounts, {count.Key} occurred {count.Value} times, which proves little."));

    public override string ToString() => string.Join('\n', _counts.OrderBy(c => c.Value).Select(c => $"{c.Value} {c.Key}"));

    private void Add(string what, int times) => _counts.AddOrUpdate(what, times, (_, before) => before + times);

    private static Func<BillingDocument, int> Lines(Func<RatedLine, bool> isOne) => document => document.Lines.Count(isOne);

    private static Func<BillingDocument, int> Items(DueKind kind, Func<DueItem, bool> isOne) =>
        document => document.Items.Count(rated => rated.Item.Kind == kind && rated.Lines.Count > 0 && isOne(rated.Item));
}
