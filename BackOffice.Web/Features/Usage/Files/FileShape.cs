using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Something found out by looking. When it needs confirmation, a person has to look too.</summary>
/// <param name="Because">One sentence, for the page.</param>
public sealed record Guess<T>(T Value, bool NeedsConfirmation, string Because);

/// <summary>What the first 64 KiB of a file look like.</summary>
/// <param name="Columns">The names of <see cref="HeaderNames"/>.</param>
/// <param name="RepeatedColumns">Names that several columns have; these columns are numbered in <paramref name="Columns"/>.</param>
/// <param name="TimestampColumn">Null when no column looks like a time.</param>
/// <param name="TimestampFormat">Null when it is ambiguous or there is no such column.</param>
/// <param name="TimestampFormats">All formats that fit equally well; two for 03/04/2026.</param>
/// <param name="TimestampsHaveOffset">Every timestamp carries its offset or is an epoch: no zone has to be declared.</param>
/// <param name="NumericColumns">Columns whose cells are nearly all numbers, empty ones aside.</param>
/// <param name="Samples">The first five rows, cells fit to be shown.</param>
public sealed record FileShape(
    Guess<FileEncoding> Encoding,
    Guess<char> Delimiter,
    Guess<bool> HasHeader,
    Guess<NumberFormat> NumberFormat,
    Guess<string?> TimestampColumn,
    Guess<TimestampFormat?> TimestampFormat,
    IReadOnlyList<TimestampFormat> TimestampFormats,
    bool TimestampsHaveOffset,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> RepeatedColumns,
    IReadOnlyList<string> NumericColumns,
    IReadOnlyList<IReadOnlyList<string>> Samples);

/// <summary>What a person has decided about a file's shape; null where the sniffer is believed.</summary>
public sealed record ShapeChoices(FileEncoding? Encoding = null, char? Delimiter = null, bool? HasHeader = null);

/// <summary>The shape of a file, or the reason why it is not a usage file.</summary>
public sealed record Sniffed(FileShape? Shape, TextFault? Fault);
