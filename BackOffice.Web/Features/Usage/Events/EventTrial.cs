using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>What would become of events if they were sent, found out by reading only.</summary>
internal sealed class EventTrial
{
    private readonly HashSet<(Core.Subscriptions.SubscriptionId, string)> _met = [];
    private readonly List<(Subscriber Subscriber, UsageEvent Usage)> _new = [];

    private EventTrial(int count) => Answer = new EventsAnswer(count);

    public EventsAnswer Answer { get; }

    /// <summary>Those that would be billed.</summary>
    public IReadOnlyList<(Subscriber Subscriber, UsageEvent Usage)> New => _new;

    /// <summary>Those that would be stored and billed to nobody.</summary>
    public int Late { get; private set; }

    public static async Task<EventTrial> Of(BackOfficeDb db, SentEvents sent, CancellationToken cancel)
    {
        var trial = new EventTrial(sent.Items.Count);
        var known = await new SubscriptionShelf().Take(db, [.. sent.Rows.Select(row => row.SubscriptionCode).Distinct()], cancel);
        var book = await EventGroup.OpenBook(db, known, sent.Rows, cancel);
        var next = await db.NextUsageEvent(cancel);
        for (var index = 0; index < sent.Items.Count; index++)
        {
            var subscriber = sent.Items[index] is UsageRow named ? book.Find(named.SubscriptionCode) : null;
            if ((sent.Items[index] as RowError ?? RowRules.Refuse((UsageRow)sent.Items[index], subscriber, EventGroup.Places)) is { } wrong)
            {
                trial.Answer.Refuse(index, EventOutcome.Rejected, wrong);
            }
            else
            {
                await trial.Take(db, (UsageRow)sent.Items[index], (index, next + index), subscriber!, cancel);
            }
        }

        return trial;
    }

    private async Task Take(BackOfficeDb db, UsageRow row, (int Index, long Id) place, Subscriber subscriber, CancellationToken cancel)
    {
        var usage = Usage(row, place.Id);
        var same = await db.Usage(new EventQuery(subscriber.Id, TransactionId: row.TransactionId), cancel: cancel).ToListAsync(cancel);
        if (same is [var stored, ..])
        {
            if (stored.Name != usage.Name || stored.At != usage.At
                || stored.Properties != EventProperties.Write(usage.Numbers, usage.Texts))
            {
                Answer.Refuse(
                    place.Index, EventOutcome.Conflict, RowRules.Conflict(place.Index + 1, EventDraft.TransactionId, row.TransactionId));
            }
        }
        else if (_met.Add((subscriber.Id, row.TransactionId)))
        {
            Answer.Accept(place.Index);
            if (subscriber.IsLate(row.At))
            {
                Late++;
            }
            else
            {
                _new.Add((subscriber, usage));
            }
        }
    }

    private static UsageEvent Usage(UsageRow row, long id) => new(
        id, row.EventName, row.At,
        row.Properties.Where(p => p.Number is not null).ToDictionary(p => p.Name, p => p.Number!.Value, StringComparer.Ordinal),
        row.Properties.Where(p => p.Text is not null).ToDictionary(p => p.Name, p => p.Text!, StringComparer.Ordinal));
}
