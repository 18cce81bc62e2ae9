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
    private const int LinesAtOnce = 1_000;
    private const int WaitingBatches = 8;

    private readonly RowPlaces _columns = new(mapping.SubscriptionColumn, mapping.EventNameColumn, mapping.TimestampColumn);
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

        if (RowRules.Refuse(row, _last.Subscriber, _columns) is { } wrong)
        {
            return wrong;
        }

        writer.Add(RowRules.Entry(row, _last.Subscriber!, row.Line), row.Properties);
        Tally.Details?.Add(row);
        return null;
    }

    private void Conflict(long line, string id)
    {
        Tally.Details?.Refuse(line);
        Tally.Add(RowRules.Conflict(line, mapping.TransactionIdColumn, id));
    }
}
