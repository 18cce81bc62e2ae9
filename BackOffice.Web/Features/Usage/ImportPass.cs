using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>
/// Reads a file once and stores its events inside the caller's transaction. Whether that is kept is the caller's decision:
/// an import commits it, a check takes it back.
/// </summary>
internal sealed class ImportPass(BackOfficeDb db, ImportId import, UsageMapping mapping, Instant now)
{
    private const int MaxNameLength = 100;
    private const int RowsPerReport = 250;

    private SubscriptionBook _book = null!;

    public ImportTally Tally { get; } = new();

    public async Task Read(Stream file, IProgress<long>? progress, CancellationToken cancel)
    {
        await db.LockImports(cancel);
        _book = await SubscriptionBook.Load(db, cancel);
        await using var writer = db.Writer(import);
        await foreach (var line in new UsageFileReader(mapping, now).ReadAsync(file, cancel))
        {
            if (line is RowError broken)
            {
                Tally.Add(broken);
            }
            else if (await Store(writer, (UsageRow)line, cancel) is { } refused)
            {
                Tally.Add(refused);
                if (refused.StopsFile)
                {
                    break;
                }
            }

            if (Tally.Rows % RowsPerReport == 0)
            {
                progress?.Report(Tally.Rows);
            }
        }

        progress?.Report(Tally.Rows);
    }

    private async ValueTask<RowError?> Store(UsageWriter writer, UsageRow row, CancellationToken cancel)
    {
        if (Refuse(row, out var subscriber) is { } wrong)
        {
            return wrong;
        }

        await _book.Lock(subscriber!, cancel);
        var usage = NewEvent(row, subscriber!);
        var outcome = await writer.Append(usage, cancel);
        if (outcome == AppendOutcome.Conflict)
        {
            return Error(
                row, mapping.TransactionIdColumn, row.TransactionId, "conflict",
                "The same id was stored before with other content. One of the two is wrong; what was stored first is kept.");
        }

        try
        {
            Tally.Add(row, outcome, usage.IsLate);
            return null;
        }
        catch (ArithmeticException)
        {
            return new RowError(
                row.Line, null, null, "total_out_of_range",
                "The total needs more than 28 digits. Check the numbers up to this row.", StopsFile: true);
        }
    }

    private RowError? Refuse(UsageRow row, out Subscriber? subscriber)
    {
        subscriber = _book.Find(row.SubscriptionCode);
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

        return subscriber.Outside(row.At) is { } outside
            ? Error(row, mapping.TimestampColumn, row.At.ToString(), "outside_subscription", outside)
            : null;
    }

    private static NewEvent NewEvent(UsageRow row, Subscriber subscriber)
    {
        var numbers = row.Properties.Where(p => p.Number is not null).Select(p => KeyValuePair.Create(p.Name, p.Number!.Value));
        var texts = row.Properties.Where(p => p.Text is not null).Select(p => KeyValuePair.Create(p.Name, p.Text!));
        return new NewEvent(
            subscriber.Id, row.EventName, row.At, row.TransactionId, EventProperties.Write(numbers, texts), row.Line,
            subscriber.IsLate(row.At));
    }

    private static RowError Error(UsageRow row, string? column, string value, string code, string message) =>
        new(row.Line, column, CellText.Show(value), code, message);
}
