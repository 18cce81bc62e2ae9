using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>What became of an event that was sent.</summary>
public enum EventOutcome
{
    /// <summary>There already, with the same content: not stored again and not billed again.</summary>
    Duplicate,

    /// <summary>Stored.</summary>
    Accepted,

    /// <summary>Refused: another event has its id.</summary>
    Conflict,

    /// <summary>Refused: something is wrong with it.</summary>
    Rejected,
}

/// <summary>A metric's code and a quantity in place of an event's name and properties; to be resolved.</summary>
internal sealed record ByMetric(int Index, string Metric, UsageProperty Quantity);

/// <summary>Events as a program sent them: each can be tried, or is refused as it stands. Lines count from 1.</summary>
public sealed class SentEvents
{
    private readonly List<UsageFileLine> _items = [];

    internal SentEvents()
    {
    }

    public IReadOnlyList<UsageFileLine> Items => _items;

    /// <summary>Those that can be tried.</summary>
    public IEnumerable<UsageRow> Rows => _items.OfType<UsageRow>();

    /// <summary>Those whose event name is not known before their metric is.</summary>
    internal List<ByMetric> Unresolved { get; } = [];

    /// <summary>It was one event by itself, not a batch of one.</summary>
    public bool IsSingle { get; internal set; }

    internal void Add(UsageFileLine item) => _items.Add(item);

    internal void Resolve(int index, UsageFileLine item) => _items[index] = item;
}

/// <summary>What became of each event, in the order they were sent, with the reasons of those refused.</summary>
public sealed class EventsAnswer(int count)
{
    private readonly Dictionary<int, RowError> _faults = [];
    private readonly EventOutcome[] _outcomes = new EventOutcome[count];

    public IReadOnlyList<EventOutcome> Outcomes => _outcomes;

    /// <summary>Why an event was refused, by its index; the field at fault is the column.</summary>
    public IReadOnlyDictionary<int, RowError> Faults => _faults;

    public int CountOf(EventOutcome outcome) => _outcomes.AsSpan().Count(outcome);

    internal void Accept(int index) => _outcomes[index] = EventOutcome.Accepted;

    internal void Refuse(int index, EventOutcome outcome, RowError why) => (_outcomes[index], _faults[index]) = (outcome, why);
}
