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

/// <summary>What became of the rows of a file.</summary>
/// <param name="Duplicates">Rows stored before with the same content: not stored again and not billed again.</param>
/// <param name="Late">Accepted rows of a period that is issued already: stored, listed, not on any invoice.</param>
/// <param name="First">The earliest accepted or duplicate event; null when there is none.</param>
/// <param name="Totals">The sum of each numeric property over accepted and duplicate rows.</param>
/// <param name="Groups">What has to be repaired, the most frequent first; null in reports from before these were kept.</param>
/// <param name="Undoing">Who took it back, when and why; null while it stands.</param>
public sealed record ImportReport(
    long Rows, long Accepted, long Duplicates, long Rejected, long Late, Instant? First, Instant? Last,
    IReadOnlyDictionary<string, decimal> Totals, IReadOnlyList<ProblemGroup>? Groups = null,
    Undoing? Undoing = null);

/// <summary>That an import was taken back, by whom and why.</summary>
public sealed record Undoing(Person By, Instant At, string Reason);

/// <summary>All rows that fail for the same reason in the same column: one thing to repair.</summary>
/// <param name="Count">How many rows, 1 or more.</param>
/// <param name="FirstLine">The line of the first of them, the first line of a file being 1.</param>
/// <param name="FirstValue">What stands there, shortened to 80 characters; null when the whole row is meant.</param>
/// <param name="Message">The sentence of the first of them.</param>
public sealed record ProblemGroup(string Code, string? Column, long Count, long FirstLine, string? FirstValue, string Message);

/// <summary>A usage file's journey from upload to report.</summary>
public sealed class Import
{
    private Import()
    {
    }

    public ImportId Id { get; private init; }

    /// <summary>1, 2, 3 …; people say "import 12".</summary>
    public long Number { get; private init; }

    public string FileName { get; private init; } = null!;

    public long Bytes { get; private init; }

    /// <summary>SHA-256 of the file, in lower-case hex.</summary>
    public string Sha256 { get; private init; } = null!;

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
