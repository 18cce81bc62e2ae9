using BackOffice.Core.Access;
using BackOffice.Data;
using BackOffice.Web.Features.Api;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Stores events that a program sends, each once. What is answered is stored, also if the power fails right after.</summary>
public sealed class AcceptEvents(IDbContextFactory<BackOfficeDb> dbs, KeyGate keys, EventDesk desk)
{
    /// <param name="read">Reads what was sent; not before the key is known to be good.</param>
    /// <param name="partOfStream">A piece of a stream is no request of its own, and waits for room instead of being sent away.</param>
    /// <returns>What became of each event.</returns>
    /// <exception cref="ApiRefused">The key, the request as a whole, or too much of it; nothing of it is stored.</exception>
    public async Task<EventsAnswer> Run(
        string? key, Func<CancellationToken, Task<SentEvents>> read, bool partOfStream = false, CancellationToken cancel = default)
    {
        var caller = await keys.Require(key, ApiScopes.UsageWrite, counts: !partOfStream, cancel);
        var sent = await read(cancel);
        await EventMetrics.Resolve(dbs, sent, cancel);
        return sent.Items.Count == 0 ? new EventsAnswer(0) : await desk.Hand(caller, sent, partOfStream, cancel);
    }
}
