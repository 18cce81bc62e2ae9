using BackOffice.Web.Features.Api;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Events that a request waits for.</summary>
internal sealed class WaitingEvents(ApiCaller caller, SentEvents sent)
{
    private readonly TaskCompletionSource<EventsAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ApiCaller Caller => caller;

    public SentEvents Sent => sent;

    /// <summary>Done when the events are stored, or when they cannot be.</summary>
    public Task<EventsAnswer> Answer => _answer.Task;

    public void Stored(EventsAnswer answer) => _answer.TrySetResult(answer);

    public void Failed(Exception why) => _answer.TrySetException(why);
}
