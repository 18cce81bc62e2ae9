using System.Threading.Channels;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>
/// Reads a file once and hands its events to a writer. Whether they are kept is the caller's decision: an import commits, a check does not.
/// </summary>
/// <remarks>One thread cuts the file into rows while another one stores those before.</remarks>
internal sealed class ImportPass(BackOfficeDb db, UsageWriter writer, UsageMapping mapping, Instant now)
{
    private const int MaxNameLength = 100;
    private const int LinesAtOnce = 1_000;
    private const int WaitingBatches = 8;

    private SubscriptionBook _book = null!;
    private (string Code, Subscriber? Subscriber) _last = ("", null);
    private long _lines;

    public ImportTally Tally { get; } = new();

    public async Task Read(Stream file, IProgress<long>? progress, CancellationToken cancel)
    {
        _book = await SubscriptionBook.Load(db, cancel);
        writer.OnConflict = Conflict;
        writer.OnAccept = Tally.Details is { } details ? details.Accept : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<List<UsageFileLine>>(WaitingBatches);
        var reading = Task.Run(() => Cut(file, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await Store(batches.Reader, progress, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await reading; // It ends at once, and must not read a file that is closed.
        }

        Tally.Take(writer.Counts);
        progress?.Report(_lines);
    }

    /// <summary>Whether no period was closed while the file was read; nobody closes one of these customers from here on.</summary>
    public Task<bool> IsStillRight(CancellationToken cancel) => _book.LockAndCheck(cancel);

    private async Task Cut(Stream file, ChannelWriter<List<UsageFileLine>> batches, CancellationToken cancel)
    {
        Exception? trouble = null;
        try
        {
            var batch = new List<UsageFileLine>(LinesAtOnce);
            await foreach (var line in new UsageFileReader(mapping, now).ReadAsync(file, cancel))
            {
                batch.Add(line);
                if (batch.Count == LinesAtOnce)
                {
                    await batches.WriteAsync(batch, cancel);
                    batch = new List<UsageFileLine>(LinesAtOnce);
                }
            }

            await batches.WriteAsync(batch, cancel);
        }
        catch (OperationCanceledException)
        {
            // Whoever stores has stopped and knows why.
        }
        catch (IOException broken)
        {
            trouble = broken;
        }
        finally
        {
            batches.Complete(trouble);
        }
    }

    private async Task Store(ChannelReader<List<UsageFileLine>> batches, IProgress<long>? progress, CancellationToken cancel)
    {
        await foreach (var batch in batches.ReadAllAsync(cancel))
        {
            foreach (var line in batch)
            {
                if ((line as RowError ?? Take((UsageRow)line)) is { } wrong)
                {
                    Tally.Add(wrong);
                }

                if (writer.IsFull)
                {
                    await writer.Flush(cancel);
                    Tally.Details?.Settle();
                }
            }

            _lines += batch.Count;
            progress?.Report(_lines);
        }

        await writer.Finish(cancel);
        if (writer.Counts.IsBeyond)
        {
            Tally.Add(new RowError(
                _lines, null, null, "total_out_of_range",
                "The total needs more than 28 digits. Check the numbers of the file.", StopsFile: true));
        }
    }

    private RowError? Take(UsageRow row)
    {
        if (_last.Code != row.SubscriptionCode)
        {
            _last = (row.SubscriptionCode, _book.Find(row.SubscriptionCode));
        }

        if (Refuse(row, _last.Subscriber) is { } wrong)
        {
            return wrong;
        }

        var (subscriber, micros) = (_last.Subscriber!, Micros.Of(row.At));
        writer.Add(
            new UsageEntry(
                subscriber.Id, row.EventName, micros, row.TransactionId, row.Line, subscriber.BucketOf(micros), subscriber.IsLate(row.At)),
            row.Properties);
        Tally.Details?.Add(row);
        return null;
    }

    private void Conflict(long line, string id)
    {
        Tally.Details?.Refuse(line);
        Tally.Add(new RowError(
            line, mapping.TransactionIdColumn, CellText.Show(id), "conflict",
            "The same id was stored before with other content. One of the two is wrong; what was stored first is kept."));
    }

    private RowError? Refuse(UsageRow row, Subscriber? subscriber)
    {
        if (subscriber is null)
        {
            return Error(
                row, mapping.SubscriptionColumn, row.SubscriptionCode, "unknown_subscription",
                $"There is no subscription with the code “{CellText.Show(row.SubscriptionCode)}”. "
                + "Correct the code, or start the subscription first.");
        }

        if (row.EventName.Length > MaxNameLength)
        {
            return Error(
                row, mapping.EventNameColumn, row.EventName, "value_too_long",
                $"The event name has more than {MaxNameLength} characters. Shorten it.");
        }

        return subscriber.Outside(Micros.Of(row.At)) is { } outside
            ? Error(row, mapping.TimestampColumn, row.At.ToString(), "outside_subscription", outside)
            : null;
    }

    private static RowError Error(UsageRow row, string? column, string value, string code, string message) =>
        new(row.Line, column, CellText.Show(value), code, message);
}
