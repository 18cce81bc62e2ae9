using System.Globalization;
using BackOffice.Data.Usage;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>What one record of a file became. <see cref="Line"/> is the 1-based physical line where the record starts.</summary>
public abstract record UsageFileLine
{
    private protected UsageFileLine(long line) => Line = line;

    public long Line { get; }
}

public sealed record UsageRow(
    long Line, string SubscriptionCode, string EventName, Instant At, string TransactionId, UsageProperty[] Properties)
    : UsageFileLine(Line);

/// <summary>Why a record was refused: the first thing that is wrong with it, so that errors count rows.</summary>
/// <param name="Column">The column at fault; null when it is the whole row.</param>
/// <param name="Value">At most 80 characters of the value, invisible ones escaped; still text of a stranger, so encode it.</param>
/// <param name="StopsFile">Nothing follows: the fault is of the file, not of a row.</param>
public sealed record RowError(long Line, string? Column, string? Value, string Code, string Message, bool StopsFile = false)
    : UsageFileLine(Line)
{
    /// <summary>The cells as they were; null when the row could not be cut into cells.</summary>
    public IReadOnlyList<string>? Cells { get; init; }

    /// <summary>Nothing follows, but there is one line to look at.</summary>
    public bool IsAtLine { get; init; }

    /// <summary>Where it is, what is wrong and what to do, for reading aloud: Line 3, column “calls”: The value is missing. …</summary>
    public string Sentence => (StopsFile && !IsAtLine, Column) switch
    {
        (true, _) => Message,
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {Message}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Line {Line}, column “{Column}”: {Message}"),
    };
}

/// <summary>What a reader has seen so far.</summary>
public sealed class UsageFileCounts
{
    public long Rows { get; internal set; }

    public long Errors { get; internal set; }

    /// <summary>Records without any content: empty lines, lines of spaces, lines of delimiters only.</summary>
    public long BlankLines { get; internal set; }
}
