using BackOffice.Core.Access;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Usage;

public readonly record struct ImportId(Guid Value) : IId<ImportId>
{
    public static ImportId From(Guid value) => new(value);

    public static ImportId New() => new(Guid.CreateVersion7());
}

public enum ImportStatus
{
    /// <summary>The file is here; nobody has said yet what its columns mean.</summary>
    Uploaded,

    /// <summary>Being read and stored. Everything of it is stored at once at the end, or nothing.</summary>
    Importing,

    /// <summary>Every row is stored or was stored before.</summary>
    Imported,

    /// <summary>The good rows are stored; the report lists the others.</summary>
    ImportedWithRejects,

    /// <summary>Nothing is stored; the report says why. It can be tried again.</summary>
    Refused,

    /// <summary>Taken back: its events stay as evidence, and nothing reads or bills them any more.</summary>
    Undone,
}

/// <summary>A usage file's journey from upload to report; or what one key sent by the API on one day.</summary>
public sealed class Import
{
    private Import()
    {
    }

    public ImportId Id { get; private init; }

    /// <summary>1, 2, 3 …; people say "import 12".</summary>
    public long Number { get; private init; }

    /// <summary>The name of the file, or of the key.</summary>
    public string FileName { get; private init; } = null!;

    public long Bytes { get; private init; }

    /// <summary>SHA-256 of the file, in lower-case hex; empty for what came by the API.</summary>
    public string Sha256 { get; private init; } = null!;

    /// <summary>The key that sent it by the API; null for a file.</summary>
    public ApiKeyId? ApiKeyId { get; private init; }

    /// <summary>The day on which it came by the API, on the company's calendar; null for a file.</summary>
    public LocalDate? ReceivedOn { get; private init; }

    /// <summary>0, and one more after each time that what came on the day before was undone; null for a file.</summary>
    public int? Part { get; private init; }

    public Person UploadedBy { get; private init; } = null!;

    public Instant UploadedAt { get; private init; }

    public ImportStatus Status { get; private set; }

    /// <summary>What the columns mean, as the reader understands it (JSON); null before it is started.</summary>
    public string? Mapping { get; private set; }

    public ImportReport? Report { get; private set; }

    public Instant? FinishedAt { get; private set; }

    public static Import Upload(long number, string fileName, long bytes, string sha256, Person by, Instant now) => new()
    {
        Id = ImportId.New(),
        Number = number,
        FileName = Text.Required(fileName, "File name", 255),
        Bytes = bytes,
        Sha256 = sha256,
        UploadedBy = by,
        UploadedAt = now,
    };

    /// <summary>Opens the record of what a key sends on a day. It stands at once, with nothing in it, and is told of each commit.</summary>
    /// <param name="when">The day, and how many records of that key and day were undone before.</param>
    public static Import Open(long number, ApiKeyId key, string keyName, (LocalDate Day, int Part) when, Person by, Instant now) => new()
    {
        Id = ImportId.New(),
        Number = number,
        FileName = Text.Required(keyName, "Key name", 255),
        Sha256 = "",
        UploadedBy = by,
        UploadedAt = now,
        ApiKeyId = key,
        ReceivedOn = when.Day,
        Part = when.Part,
        Status = ImportStatus.Imported,
        Report = ImportReport.Empty,
        FinishedAt = now,
    };

    /// <summary>Starts, or starts again after a refusal or a crash: nothing of an unfinished import is stored.</summary>
    /// <exception cref="RuleBroken">The import is done already.</exception>
    public void Begin(string mapping)
    {
        if (Status is ImportStatus.Imported or ImportStatus.ImportedWithRejects or ImportStatus.Undone)
        {
            throw new RuleBroken(
                $"Import {Number} is done already. Upload the file again to import it again; rows stored before are skipped.");
        }

        (Status, Mapping, Report, FinishedAt) = (ImportStatus.Importing, mapping, null, null);
    }

    public void Finish(ImportReport report, Instant now) =>
        (Status, Report, FinishedAt) = (report.Rejected > 0 ? ImportStatus.ImportedWithRejects : ImportStatus.Imported, report, now);

    /// <summary>More came by the API.</summary>
    /// <exception cref="RuleBroken">It is undone: what comes now is another import.</exception>
    public void Receive(ImportReport all, Instant now)
    {
        if (ApiKeyId is null || Status is not (ImportStatus.Imported or ImportStatus.ImportedWithRejects))
        {
            throw new RuleBroken($"Import {Number} takes no more events.");
        }

        Finish(all, now);
    }

    /// <summary>Takes the usage of a finished import back. Whether some of it is billed already, the caller finds out before.</summary>
    /// <param name="reason">Why, in the words of whoever does it; 1 to 500 characters.</param>
    /// <exception cref="RuleBroken">There is nothing to take back, or no reason is given.</exception>
    public void Undo(Person by, string reason, Instant now)
    {
        if (Status is not (ImportStatus.Imported or ImportStatus.ImportedWithRejects))
        {
            throw new RuleBroken(Status == ImportStatus.Undone
                ? $"Import {Number} is undone already."
                : $"Import {Number} has stored nothing, so there is nothing to undo.");
        }

        (Status, Report) = (ImportStatus.Undone, Report! with { Undoing = new Undoing(by, now, Text.Required(reason, "Reason", 500)) });
    }

    public void Refuse(ImportReport report, Instant now) => (Status, Report, FinishedAt) = (ImportStatus.Refused, report, now);
}

/// <summary>One thing that is wrong with a file, where it is and what to do about it.</summary>
public sealed class ImportProblem
{
    private ImportProblem()
    {
    }

    public long Id { get; private init; }

    public ImportId ImportId { get; private init; }

    /// <summary>The line of the file, the first being 1; null when the whole file is meant.</summary>
    public long? Line { get; private init; }

    public string? Column { get; private init; }

    /// <summary>What stands there, shortened to 80 characters.</summary>
    public string? Value { get; private init; }

    /// <summary>For scripts, such as number_malformed.</summary>
    public string Code { get; private init; } = null!;

    public string Message { get; private init; } = null!;

    public static ImportProblem Of(ImportId import, long? line, string? column, string? value, string code, string message) =>
        new() { ImportId = import, Line = line, Column = column, Value = value, Code = code, Message = message };
}
