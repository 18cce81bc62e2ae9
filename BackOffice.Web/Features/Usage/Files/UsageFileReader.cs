using System.Runtime.CompilerServices;
using BackOffice.Core.Common;
using CsvHelper;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Reads a usage file from front to back: every record becomes a row or an error, in order.</summary>
/// <remarks>
/// Memory does not grow with the file, except for 8 to 16 bytes a row to number identical rows when the file has no ids.
/// One reader reads one file.
/// </remarks>
public sealed class UsageFileReader(UsageMapping mapping, Instant now)
{
    private CsvMalformedRecord? _malformed;
    private RowReader? _rows;
    private ColumnPlan? _plan;

    public UsageFileCounts Counts { get; } = new();

    /// <summary>The rows and errors of the file. The caller disposes the stream, which need not be seekable.</summary>
    public async IAsyncEnumerable<UsageFileLine> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (_plan is not null)
        {
            throw new InvalidOperationException("One reader reads one file.");
        }

        if (MappingCheck.BadDelimiter(mapping) is { } bad)
        {
            yield return Counted(FileFaults.Of(1, bad));
            yield break;
        }

        var (input, encoding) = await InputStream.OpenAsync(stream, mapping.Encoding, cancellationToken);
        var check = new RecordCheck(mapping.Delimiter, transcoded: encoding != FileEncoding.Utf8);
        using var csv = CsvReader.Create(input, Options(mapping.Delimiter, record => _malformed = record), leaveOpen: true);
        RowError? tooLarge = null;
        while (tooLarge is null && await NextAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Take(csv, check) is { } line)
            {
                yield return Counted(line);
                if (line is RowError { StopsFile: true })
                {
                    yield break;
                }
            }
        }

        if ((tooLarge ?? NothingRead()) is { } end)
        {
            yield return Counted(end);
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                _malformed = null;

                // Whoever reads a file has a thread for it; changing threads for every 32 KiB costs more than the disk.
                return stream is FileStream ? csv.Read() : await csv.ReadAsync(cancellationToken);
            }
            catch (CsvFormatException tooLong)
            {
                // The only thing the parser still throws for: a record that does not fit. It cannot go on after it.
                var unclosed = input.HasLineEndAfter(tooLong.ByteOffset);
                var error = unclosed ? RecordCheck.UnclosedQuote(tooLong.LineNumber) : RecordCheck.TooLarge(tooLong.LineNumber);
                tooLarge = error with { StopsFile = true, IsAtLine = true };
                return false;
            }
        }
    }

    /// <summary>
    /// The parser is lenient by default. Here it reports what it mends, and we refuse it: skipping inside the parser would
    /// run through a broken file without yielding anything.
    /// </summary>
    internal static CsvReaderOptions Options(char delimiter, Action<CsvMalformedRecord> malformed) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = record => malformed(record),
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.Throw,
        MaxRecordSize = UsageFileLimits.MaxRowBytes,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
    };

    private UsageFileLine? Take(CsvReader csv, RecordCheck check)
    {
        var refused = check.Refuse(csv, _malformed, _plan);
        if (refused is not null)
        {
            return _plan is null && mapping.HasHeader ? refused with { StopsFile = true, IsAtLine = true } : refused;
        }

        if (check.IsBlank(csv))
        {
            Counts.BlankLines++;
            return null;
        }

        return _plan is null ? First(csv) : Row(csv, _plan);
    }

    private UsageFileLine? First(CsvReader csv)
    {
        if (csv.LineNumber == 1 && csv.RawRecord.Length == 5 && csv.RawRecord.StartsWith("sep="u8))
        {
            return null;
        }

        if (FileFaults.WrongDelimiter(mapping, csv) is { } wrong)
        {
            return wrong;
        }

        if (RecordCheck.Cells(csv) is not { } cells)
        {
            return RecordCheck.TooLarge(csv.LineNumber) with { StopsFile = true, IsAtLine = true };
        }

        var columns = HeaderNames.Of(cells, mapping.HasHeader);
        if (MappingCheck.Check(mapping, columns) is [var fault, ..])
        {
            return FileFaults.Of(csv.LineNumber, fault);
        }

        _plan = MappingCheck.Bind(mapping, columns);
        _rows = new RowReader(mapping, _plan, now);
        return mapping.HasHeader ? null : Row(csv, _plan);
    }

    private UsageFileLine Row(CsvReader csv, ColumnPlan plan) =>
        RecordCheck.WrongFieldCount(csv, plan.Columns.Count)
        ?? RecordCheck.TooLargeCell(csv, plan)
        ?? (_rows!.TooManyRowsWithoutId ? FileFaults.Of(csv.LineNumber, FileFaults.TooManyRowsWithoutId) : _rows.Read(csv));

    private RowError? NothingRead() =>
        Counts.Rows + Counts.Errors > 0 ? null : FileFaults.Of(1, _plan is null ? FileFaults.EmptyFile : FileFaults.HeaderOnly);

    private UsageFileLine Counted(UsageFileLine line)
    {
        Counts.Rows += line is UsageRow ? 1 : 0;
        Counts.Errors += line is RowError ? 1 : 0;
        return line;
    }
}
