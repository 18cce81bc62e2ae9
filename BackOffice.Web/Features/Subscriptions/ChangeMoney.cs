using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>The money of a change before it is made: the documents that differ from those there would be without it.</summary>
/// <param name="FirstDay">The first day on which the change counts.</param>
/// <param name="Through">Documents due by the end of this day were compared.</param>
/// <param name="Documents">What the customer gets instead, oldest first; those that stay as they are are left out.</param>
/// <param name="Dropped">Documents there would be without the change and are not with it.</param>
public sealed record ChangeMoney(
    LocalDate FirstDay, LocalDate Through, IReadOnlyList<BillingDocument> Documents, IReadOnlyList<BillingDocument> Dropped)
{
    /// <summary>What all documents through that day that are not made yet come to without the change; null when there are none.</summary>
    public Money? Before { get; init; }

    /// <summary>The same with the change.</summary>
    public Money? After { get; init; }

    /// <summary>Compares two futures of a customer: the bill of the account as it is, and as the change makes it.</summary>
    /// <param name="life">As the change makes it.</param>
    /// <param name="firstDay">The first day on which the futures can differ.</param>
    /// <param name="now">What has expired by now pays nothing.</param>
    /// <param name="through">The last moment to compare.</param>
    /// <exception cref="RuleBroken">Billing refuses one of them.</exception>
    internal static async Task<ChangeMoney> Of(
        BackOfficeDb db, Customer customer, SubscriptionLife life, LocalDate firstDay, Instant now, Instant through,
        CancellationToken cancel)
    {
        var book = new BillingBook(db);
        var before = (await new AccountLoader(db).Load(customer.Id, now, life, cancel)).Account;
        return Of(
            [.. (await book.Due(before, through, cancel)).Where(IsSeen)],
            [.. (await book.Due(before.With(life), through, cancel)).Where(IsSeen)],
            firstDay, through.InZone(customer.Zone).Date);
    }

    /// <summary>Until when they are compared: the end of the period in which the change counts first, when the next begins.</summary>
    public static Instant Horizon(SubscriptionLife life, LocalDate firstDay)
    {
        var phase = life.Phases.LastOrDefault(phase => phase.FirstDay <= firstDay) ?? life.First;
        var end = life.GridOf(phase).Containing(LocalDate.Max(firstDay, life.First.FirstDay)).End;
        return life.FirstMomentOf(end);
    }

    private static ChangeMoney Of(List<BillingDocument> old, List<BillingDocument> made, LocalDate firstDay, LocalDate through)
    {
        var currency = made.Concat(old).Select(document => document.Currency).FirstOrDefault();
        return new ChangeMoney(
            firstDay, through,
            [.. made.Where(document => !old.Any(known => Same(known, document)))],
            [.. old.Where(document => made.All(other => other.Reference != document.Reference))])
        {
            Before = Net(old, currency),
            After = Net(made, currency),
        };
    }

    private static bool IsSeen(BillingDocument document) => !document.IsEmpty || document.Notes.Count > 0;

    private static bool Same(BillingDocument a, BillingDocument b) =>
        a.Reference == b.Reference && a.Content.Total == b.Content.Total && a.Content.Due == b.Content.Due
        && a.Notes.Select(note => note.Split).SequenceEqual(b.Notes.Select(note => note.Split))
        && a.Lines.Select(line => (line.Name, line.Amount)).SequenceEqual(b.Lines.Select(line => (line.Name, line.Amount)));

    // Invoices less what credit notes take back, whoever uses the credit when. Several currencies have no sum.
    private static Money? Net(List<BillingDocument> documents, Currency? currency) =>
        currency is null || documents.Any(document => document.Currency != currency) ? null
        : documents.Select(document => document.Content.Total).Sum(currency)
            - documents.SelectMany(document => document.Notes).Select(note => note.Content.Total).Sum(currency);
}
