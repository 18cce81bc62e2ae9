using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime;
using CustomerAccount = BackOffice.Core.Billing.Account;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>The money of a change before it is made: the documents that differ from those there would be without it.</summary>
/// <param name="FirstDay">The first day on which the change counts.</param>
/// <param name="Through">Documents due by the end of this day were compared.</param>
/// <param name="Documents">What the customer gets instead, oldest first; those that stay as they are are left out.</param>
/// <param name="Dropped">Documents there would be without the change and are not with it.</param>
public sealed record ChangeMoney(
    LocalDate FirstDay, LocalDate Through, IReadOnlyList<BillingDocument> Documents, IReadOnlyList<BillingDocument> Dropped)
{
    /// <summary>What all documents through that day come to without the change; null for a new subscription.</summary>
    public Money? Before { get; init; }

    /// <summary>The same with the change.</summary>
    public Money? After { get; init; }

    /// <summary>Compares two futures of a customer, computed by the function that bills.</summary>
    /// <param name="firstDay">The first day on which they can differ.</param>
    /// <param name="through">The last moment to compare.</param>
    /// <exception cref="RuleBroken">Billing refuses one of them.</exception>
    public static ChangeMoney Of(CustomerAccount before, CustomerAccount after, IUsageReading usage, LocalDate firstDay, Instant through)
    {
        var old = Made(before, usage, through);
        var made = Made(after, usage, through);
        var currency = made.Concat(old).Select(document => document.Currency).FirstOrDefault();
        return new ChangeMoney(
            firstDay, through.InZone(after.Zone).Date,
            [.. made.Where(document => !old.Any(known => Same(known, document)))],
            [.. old.Where(document => made.All(other => other.Reference != document.Reference))])
        {
            Before = Net(old, currency),
            After = Net(made, currency),
        };
    }

    /// <summary>Until when the futures are compared: the moment the period ends in which the change counts first, and the next begins.</summary>
    public static Instant Horizon(SubscriptionLife life, LocalDate firstDay)
    {
        var phase = life.Phases.LastOrDefault(phase => phase.FirstDay <= firstDay) ?? life.First;
        var end = life.GridOf(phase).Containing(LocalDate.Max(firstDay, life.First.FirstDay)).End;
        return life.FirstMomentOf(end);
    }

    private static List<BillingDocument> Made(CustomerAccount account, IUsageReading usage, Instant through) =>
        [.. BillingEngine.Due(account, usage, through).Where(document => !document.IsEmpty || document.Notes.Count > 0)];

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
