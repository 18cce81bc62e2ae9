using System.Data.Common;
using BackOffice.Data;
using BackOffice.Web.Features.Api;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>
/// Where requests hand in their events. One writer takes what waits and commits many requests at once; each is answered after that commit.
/// What waits is bounded: beyond it, and when it takes too long, the sender is told to come again, and nothing of it is stored.
/// </summary>
/// <remarks>
/// Usage has one writer at a time. A file that is imported holds the store until it is done; the events wait for it here, and so that files
/// get their turn when events never end, the desk pauses now and then for a little longer than a file sleeps between two tries.
/// </remarks>
public sealed partial class EventDesk(
    IDbContextFactory<BackOfficeDb> dbs, ApiSettings settings, IClock clock, ILogger<EventDesk> logger) : IAsyncDisposable
{
    private const int GroupEvents = 20_000;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly Lock _lock = new();
    private readonly LinkedList<WaitingEvents> _waiting = [];
    private readonly SemaphoreSlim _come = new(0);
    private readonly CancellationTokenSource _stop = new();
    private Task? _writing;
    private int _events;

    /// <summary>Hands events in and waits until they are stored.</summary>
    /// <param name="patient">Waits for room instead of being sent away: a stream is read no faster than it is stored.</param>
    /// <exception cref="ApiRefused">Too much waits, or it took too long; nothing of these is stored.</exception>
    internal async Task<EventsAnswer> Hand(ApiCaller caller, SentEvents sent, bool patient, CancellationToken cancel)
    {
        var (waiting, began) = (new WaitingEvents(caller, sent), clock.GetCurrentInstant());
        while (!TryAdd(waiting))
        {
            if (!patient || clock.GetCurrentInstant() - began > settings.Wait)
            {
                throw NotNow($"{settings.QueuedEvents:N0} events wait to be stored already.");
            }

            await Task.Delay(Pause, cancel);
        }

        try
        {
            return await waiting.Answer.WaitAsync(settings.Wait.ToTimeSpan(), cancel);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            if (TryTakeBack(waiting))
            {
                cancel.ThrowIfCancellationRequested();
                throw NotNow("The events could not be stored in time: a file is being imported, or there are too many.");
            }

            return await waiting.Answer; // It is being stored at this moment, which takes no time worth speaking of.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _come.Release();
        if (_writing is { } writing)
        {
            await writing;
        }

        _come.Dispose();
        _stop.Dispose();
    }

    private static ApiRefused NotNow(string why) =>
        new(ApiFault.NotNow, "queue_full", why + " Nothing of this request is stored. Send it again later.")
        {
            RetryAfter = Duration.FromSeconds(5),
        };

    private bool TryAdd(WaitingEvents waiting)
    {
        lock (_lock)
        {
            if (_events > 0 && _events + waiting.Sent.Items.Count > settings.QueuedEvents)
            {
                return false;
            }

            _waiting.AddLast(waiting);
            _events += waiting.Sent.Items.Count;
            _writing ??= Task.Run(Write);
        }

        _come.Release();
        return true;
    }

    private bool TryTakeBack(WaitingEvents waiting)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(waiting))
            {
                return false;
            }

            _events -= waiting.Sent.Items.Count;
            return true;
        }
    }

    // The oldest request and what its sender sent after it, as much as one transaction takes.
    private IReadOnlyList<WaitingEvents> Take()
    {
        var (group, events) = (new List<WaitingEvents>(), 0);
        lock (_lock)
        {
            for (var node = _waiting.First; node is not null && (events == 0 || events + node.Value.Sent.Items.Count <= GroupEvents);)
            {
                var next = node.Next;
                if (group.Count == 0 || node.Value.Caller == group[0].Caller)
                {
                    group.Add(node.Value);
                    events += node.Value.Sent.Items.Count;
                    _waiting.Remove(node);
                }

                node = next;
            }

            _events -= events;
        }

        return group;
    }

    private async Task Write()
    {
        var store = new StoreEvents(dbs, clock);
        var turn = Environment.TickCount64;
        while (true)
        {
            if (!await _come.WaitAsync(Idle))
            {
                WriteBack(store, always: true);
                await _come.WaitAsync();
                turn = Environment.TickCount64;
            }

            if (_stop.IsCancellationRequested)
            {
                await store.DisposeAsync();
                return;
            }

            while (IsAnythingWaiting && !_stop.IsCancellationRequested)
            {
                if (Environment.TickCount64 - turn > Turn.TotalMilliseconds)
                {
                    await Task.Delay(Pause);
                    turn = Environment.TickCount64;
                }

                store = await WriteOnce(store, Take);
                WriteBack(store, always: false);
            }
        }
    }

    private async Task<StoreEvents> WriteOnce(StoreEvents store, Func<IReadOnlyList<WaitingEvents>> take)
    {
        IReadOnlyList<WaitingEvents> group = [];
        try
        {
            foreach (var (waiting, answer) in await store.Store(() => group = take(), _stop.Token))
            {
                waiting.Stored(answer);
            }

            return store;
        }
        catch (Exception trouble)
        {
            LogFailed(trouble, group.Count);
            await store.DisposeAsync(); // What it knows may be half of a transaction that never was.
            return await Alone(new StoreEvents(dbs, clock), group, trouble);
        }
    }

    // One request's trouble is not the others': each is tried by itself, and whoever is alone and fails is told.
    private async Task<StoreEvents> Alone(StoreEvents store, IReadOnlyList<WaitingEvents> group, Exception trouble)
    {
        if (group is [var alone])
        {
            alone.Failed(trouble);
            return store;
        }

        foreach (var waiting in group)
        {
            store = await WriteOnce(store, () => [waiting]);
        }

        return store;
    }

    private void WriteBack(StoreEvents store, bool always)
    {
        try
        {
            store.WriteBack(always);
        }
        catch (DbException trouble)
        {
            LogNotWrittenBack(trouble); // Nothing is lost: the log is read along until somebody writes it back.
        }
    }

    private bool IsAnythingWaiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>How many events wait to be stored.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _events;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of the usage file could not be written back")]
    private partial void LogNotWrittenBack(Exception trouble);

    [LoggerMessage(Level = LogLevel.Error, Message = "The events of {Requests} requests could not be stored")]
    private partial void LogFailed(Exception trouble, int requests);
}
