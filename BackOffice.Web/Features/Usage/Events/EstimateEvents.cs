using BackOffice.Core.Access;
using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>An invoice to come and what the events do to it, taxes and discounts included.</summary>
/// <param name="DueOn">The day on which it is due to be made, on the customer's calendar.</param>
public sealed record EstimatedInvoice(string Customer, LocalDate DueOn, Money Before, Money After, IReadOnlyList<EstimatedLine> Lines);

/// <summary>A line that changes.</summary>
public sealed record EstimatedLine(string Subscription, string Name, string? Charge, Period Period, Money Before, Money After);

/// <summary>What the events would cost.</summary>
/// <param name="Answer">What would become of each: duplicates and what is refused cost nothing.</param>
/// <param name="Late">How many are of a period that is closed: no invoice would contain them.</param>
public sealed record Estimate(EventsAnswer Answer, int Late, IReadOnlyList<EstimatedInvoice> Invoices);

/// <summary>Says what events would cost, by the engine that bills. Stores nothing.</summary>
public sealed class EstimateEvents(IDbContextFactory<BackOfficeDb> dbs, KeyGate keys, IClock clock)
{
    public const int MaxEvents = 1_000;

    /// <param name="read">Reads what was sent; not before the key is known to be good.</param>
    /// <exception cref="ApiRefused">The key, or the request as a whole.</exception>
    /// <exception cref="RuleBroken">Billing would park the customer.</exception>
    public async Task<Estimate> Run(string? key, Func<CancellationToken, Task<SentEvents>> read, CancellationToken cancel = default)
    {
        await keys.Require(key, ApiScopes.UsageRead, cancel: cancel);
        var sent = await read(cancel);
        if (sent.Items.Count > MaxEvents)
        {
            throw new ApiRefused(ApiFault.TooLarge, "too_many_events", $"At most {MaxEvents:N0} events are estimated at once.");
        }

        await EventMetrics.Resolve(dbs, sent, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var trial = await EventTrial.Of(db, sent, cancel);
        var invoices = new List<EstimatedInvoice>();
        foreach (var customer in trial.New.Select(row => row.Subscriber.Customer).Distinct())
        {
            invoices.AddRange(await Invoices(db, customer, trial, cancel));
        }

        return new Estimate(trial.Answer, trial.Late, invoices);
    }

    private async Task<IReadOnlyList<EstimatedInvoice>> Invoices(BackOfficeDb db, CustomerId id, EventTrial trial, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var loaded = await new AccountLoader(db).Load(id, now, cancel: cancel);
        var more = trial.New.Where(row => row.Subscriber.Customer == id).ToLookup(row => row.Subscriber.Id, row => row.Usage);
        var through = loaded.Account.Lives.SelectMany(life => more[life.Subscription].Select(usage =>
            ChangeMoney.Horizon(life, life.DayOf(usage.At)))).Append(now).Max();
        var book = new BillingBook(db);
        var before = await book.Due(loaded.Account, through, cancel);
        var after = await book.Due(loaded.Account, through, cancel, more);
        return [.. Keys(before).Union(Keys(after)).Order().Select(key => Compare(loaded.Customer, Find(before, key), Find(after, key)))
            .OfType<EstimatedInvoice>()];
    }

    private static IEnumerable<(Instant DueAt, string Currency)> Keys(IReadOnlyList<BillingDocument> documents) =>
        documents.Select(document => (document.DueAt, document.Currency.Code));

    private static BillingDocument? Find(IReadOnlyList<BillingDocument> documents, (Instant DueAt, string Currency) key) =>
        documents.SingleOrDefault(document => (document.DueAt, document.Currency.Code) == key);

    // Null when nothing changes.
    private static EstimatedInvoice? Compare(Customer customer, BillingDocument? before, BillingDocument? after)
    {
        var any = (after ?? before)!;
        var zero = Money.Zero(any.Currency);
        var lines = Lines(before).Select(line => (line.Key, Before: line.Amount, After: zero))
            .Concat(Lines(after).Select(line => (line.Key, Before: zero, After: line.Amount)))
            .GroupBy(line => line.Key, (key, same) => same.Aggregate(
                new EstimatedLine(key.Subscription, key.Name, key.Charge, key.Period, zero, zero),
                (sum, line) => sum with { Before = sum.Before + line.Before, After = sum.After + line.After }));
        var changed = lines.Where(line => line.Before != line.After).ToList();
        var (totalBefore, totalAfter) = (before?.Content.Total ?? zero, after?.Content.Total ?? zero);
        return changed.Count == 0 && totalBefore == totalAfter
            ? null
            : new EstimatedInvoice(customer.Code, any.Day, totalBefore, totalAfter, changed);
    }

    private static IEnumerable<((string Subscription, string Name, string? Charge, Period Period) Key, Money Amount)> Lines(
        BillingDocument? document) =>
        document?.Lines.Select(line => ((line.SubscriptionCode, line.Name, line.ChargeCode, line.Period), line.Amount)) ?? [];
}
