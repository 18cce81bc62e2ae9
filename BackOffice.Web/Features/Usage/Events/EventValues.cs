using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Reads texts and numbers of an event; what is wrong with one is noted in the draft.</summary>
internal sealed class EventValues(EventDraft draft) : IDisposable
{
    private const int LongestNumber = 200;

    // Codes and names repeat from request to request: the texts made of them are lent to one reader after the other.
    private static readonly ConcurrentBag<RepeatedCells> Idle = [];

    private readonly RepeatedCells _repeated = Idle.TryTake(out var idle) ? idle : new RepeatedCells();

    public void Dispose() => Idle.Add(_repeated);

    /// <returns>Null when it is none; the draft knows why.</returns>
    public decimal? Number(ref Utf8JsonReader json, string field)
    {
        Span<char> text = stackalloc char[LongestNumber];
        var bytes = json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan;
        if (json.TokenType != JsonTokenType.Number || bytes.Length > LongestNumber)
        {
            draft.Fail(field, null, "number_malformed", "This is not a number, or one with very many digits. Write it without quotes.");
            json.Skip();
            return null;
        }

        var parsed = ExactDecimal.Parse(text[..Encoding.ASCII.GetChars(bytes, text)], NumberFormat.Plain);
        if (!parsed.Ok)
        {
            draft.Fail(field, Encoding.ASCII.GetString(bytes), parsed.Fault.Code, parsed.Fault.Message);
        }

        return parsed.Ok ? parsed.Value : null;
    }

    public string Name(ref Utf8JsonReader json) => Text(ref json, "") ?? "\0";

    /// <returns>Null when it is none; the draft knows why.</returns>
    public string? Text(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            draft.Fail(field, null, "not_text", $"The field {field} is not a text. Put it in quotes.");
            json.Skip();
            return null;
        }

        var bytes = json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan;
        if (bytes.Length > UsageFileLimits.MaxCellBytes)
        {
            draft.Fail(field, null, "value_too_large", "The text is larger than 64 KiB. Leave it out.");
            return null;
        }

        if (!Utf8.IsValid(bytes) || Unescaped(ref json, bytes) is not { } text)
        {
            draft.Fail(field, null, "invalid_text", "The text has bytes or escapes that are no characters. Send it as UTF-8.");
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            draft.Fail(field, null, "nul_character", "The text has a NUL character. Remove it at its source.");
            return null;
        }

        return text;
    }

    private string? Unescaped(ref Utf8JsonReader json, ReadOnlySpan<byte> bytes)
    {
        if (!json.ValueIsEscaped)
        {
            return _repeated.Read(bytes);
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair, written as an escape.
        }
    }
}
