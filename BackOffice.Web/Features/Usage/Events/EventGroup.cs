using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>The requests that are stored together, on their way through the writer.</summary>
/// <param name="before">How many rows the import has: events are numbered through the day.</param>
internal sealed class EventGroup(IReadOnlyList<WaitingEvents> waiting, UsageWriter writer, long before)
{
    public static readonly RowPlaces Places = new(EventDraft.Subscription, EventDraft.Event, EventDraft.Timestamp);

    private readonly List<(int Request, int Index)> _places = [];
    private readonly ImportTally _tally = new();
    private readonly EventsAnswer[] _answers = [.. waiting.Select(request => new EventsAnswer(request.Sent.Items.Count))];

    public ApiCaller Caller => waiting[0].Caller;

    public SubscriptionBook Book { get; set; } = null!;

    /// <summary>The subscriptions that are named.</summary>
    public IReadOnlyCollection<string> Codes { get; } =
        [.. waiting.SelectMany(request => request.Sent.Rows).Select(row => row.SubscriptionCode).Distinct()];

    public IEnumerable<UsageRow> Rows => waiting.SelectMany(request => request.Sent.Rows);

    public IReadOnlyList<(WaitingEvents Waiting, EventsAnswer Answer)> Answers => [.. waiting.Zip(_answers)];

    /// <summary>What became of them, as the report of an import says it.</summary>
    public ImportReport Report
    {
        get
        {
            _tally.Take(writer.Counts);
            return _tally.Report;
        }
    }

    /// <summary>The subscriptions, with what is closed of the days that these events are of.</summary>
    public static Task<SubscriptionBook> OpenBook(
        BackOfficeDb db, Dictionary<string, Subscriber> subscribers, IEnumerable<UsageRow> rows, CancellationToken cancel)
    {
        var (first, last) = (Instant.MaxValue, Instant.MinValue);
        foreach (var row in rows)
        {
            (first, last) = (Instant.Min(first, row.At), Instant.Max(last, row.At));
        }

        return first > last
            ? SubscriptionBook.Of(db, [], LocalDate.MaxIsoValue, LocalDate.MinIsoValue, cancel)
            : SubscriptionBook.Of(db, subscribers, first.InUtc().Date.PlusDays(-1), last.InUtc().Date.PlusDays(1), cancel);
    }

    /// <summary>Hands every event to the writer, and keeps what it says of each. Nothing is committed.</summary>
    public async Task Store(CancellationToken cancel)
    {
        writer.OnAccept = line => Answer(line, static (answer, index) => answer.Accept(index));
        writer.OnConflict = Conflict;
        for (var request = 0; request < waiting.Count; request++)
        {
            var items = waiting[request].Sent.Items;
            for (var index = 0; index < items.Count; index++)
            {
                if ((items[index] as RowError ?? Take((UsageRow)items[index], request, index)) is { } wrong)
                {
                    _tally.Add(wrong);
                    _answers[request].Refuse(index, EventOutcome.Rejected, wrong);
                }
            }
        }

        await writer.Finish(cancel);
    }

    // By the line of an event the writer says what became of it.
    private RowError? Take(UsageRow row, int request, int index)
    {
        var subscriber = Book.Find(row.SubscriptionCode);
        if (RowRules.Refuse(row, subscriber, Places) is { } wrong)
        {
            return wrong;
        }

        _places.Add((request, index));
        writer.Add(RowRules.Entry(row, subscriber!, before + _places.Count), row.Properties);
        return null;
    }

    private void Conflict(long line, string id)
    {
        var (request, index) = _places[(int)(line - before) - 1];
        var why = RowRules.Conflict(index + 1, EventDraft.TransactionId, id);
        _tally.Add(why);
        _answers[request].Refuse(index, EventOutcome.Conflict, why);
    }

    private void Answer(long line, Action<EventsAnswer, int> say)
    {
        var (request, index) = _places[(int)(line - before) - 1];
        say(_answers[request], index);
    }
}
