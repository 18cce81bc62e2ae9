using System.Text;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using CsvHelper;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Turns one well-formed record into a usage row or into the first thing that is wrong with it.</summary>
internal sealed class RowReader(UsageMapping mapping, ColumnPlan plan, Instant now)
{
    private static readonly TextFault Empty = new("empty_value", "The value is missing. Fill it in, or remove the row.");

    internal static readonly TextFault Negative = new(
        "negative_quantity", "A quantity is negative. Correct it, or allow corrections for this property in the mapping.");

    private static readonly TextFault TooLong = new(
        "value_too_long", $"The value has more than {UsageFileLimits.MaxCodeLength} characters. Shorten it.");

    private const int ShortCell = 128;

    private readonly bool _isIso = mapping.TimestampFormat == TimestampFormat.Iso8601;
    private readonly IsoTimes _times = new(now);
    private readonly RepeatedCells _repeated = new();
    private readonly RowIds? _ids = plan.TransactionId < 0 ? new RowIds() : null;

    private readonly MetricRows? _metrics = MetricRows.Of(mapping, plan);
    private readonly Dictionary<string, string> _aliases =
        mapping.SubscriptionAliases.ToDictionary(alias => alias.Name, alias => alias.Code, StringComparer.Ordinal);

    internal bool TooManyRowsWithoutId => _ids is { Count: >= UsageFileLimits.MaxRowsWithoutId };

    internal UsageFileLine Read(CsvReader csv)
    {
        var line = csv.LineNumber;
        var cell = plan.Span(csv, plan.Timestamp);
        if (!_isIso || !_times.TryRead(cell, out var at))
        {
            var time = Chars(cell, stackalloc char[ShortCell]).Trim();
            var parsed = TimestampText.Parse(time, mapping.TimestampFormat!.Value, plan.Zone, now);
            if (!parsed.Ok)
            {
                return Error(csv, plan.Timestamp, time.IsEmpty ? Empty : parsed.Fault);
            }

            at = parsed.Value;
        }

        if (Code(csv, plan.Subscription, mapping.SubscriptionCode, out var subscription) is { } badSubscription)
        {
            return Error(csv, plan.Subscription, badSubscription);
        }

        subscription = _aliases.Count > 0 ? _aliases.GetValueOrDefault(subscription, subscription) : subscription;
        UsageProperty? quantity = null;
        var column = plan.EventName;
        if ((_metrics is null
            ? Code(csv, plan.EventName, mapping.EventName, out var eventName)
            : _metrics.Read(csv, out eventName, out quantity, out column)) is { } badEventName)
        {
            return Error(csv, column, badEventName);
        }

        if (Properties(csv, quantity, out var properties) is { } badProperty)
        {
            return badProperty;
        }

        if (Code(csv, plan.TransactionId, fixedValue: "", out var id) is { } badId)
        {
            return Error(csv, plan.TransactionId, badId);
        }

        id = _ids?.Next(subscription, eventName, csv, plan.Own) ?? id;
        return new UsageRow(line, subscription, eventName, at, id, properties);
    }

    internal RowError Error(CsvReader csv, int column, TextFault fault) =>
        new(csv.LineNumber, plan.Columns[column], CellText.Show(csv.GetString(column)), fault.Code, fault.Message)
        {
            Cells = RecordCheck.Cells(csv),
        };

    /// <summary>A code is trimmed and otherwise taken as it is: case, accents and their Unicode form tell codes apart.</summary>
    private TextFault? Code(CsvReader csv, int column, string? fixedValue, out string code)
    {
        code = column < 0 ? fixedValue!.Trim()
            : column == plan.TransactionId ? plan.Cell(csv, column).Trim()
            : _repeated.Read(plan.Span(csv, column)).Trim();
        return code.Length switch
        {
            0 when column >= 0 => Empty,
            > UsageFileLimits.MaxCodeLength => TooLong,
            _ => null,
        };
    }

    private RowError? Properties(CsvReader csv, UsageProperty? quantity, out UsageProperty[] properties)
    {
        var count = 0;
        Span<char> room = stackalloc char[ShortCell];
        var values = new UsageProperty[mapping.Properties.Count + (quantity is null ? 0 : 1)];
        for (var i = 0; i < mapping.Properties.Count; i++)
        {
            var (property, column) = (mapping.Properties[i], plan.Properties[i]);
            var cell = plan.Span(csv, column);
            var text = Chars(cell, room).Trim();
            if (text.Length == 0 && property.Optional)
            {
                continue;
            }

            if (Value(property, text, cell, out values[count]) is { } fault)
            {
                properties = [];
                return Error(csv, column, fault);
            }

            count++;
        }

        if (quantity is { } measured)
        {
            values[count++] = measured;
        }

        properties = count == values.Length ? values : values[..count];
        return null;
    }

    private TextFault? Value(MappedProperty property, ReadOnlySpan<char> text, ReadOnlySpan<byte> cell, out UsageProperty value)
    {
        value = default;
        if (text.Length == 0)
        {
            return Empty;
        }

        if (property.Kind == PropertyKind.Text)
        {
            value = new UsageProperty(property.Property, null, _repeated.Read(cell).Trim());
            return null;
        }

        var number = ExactDecimal.Parse(text, mapping.NumberFormat);
        value = new UsageProperty(property.Property, number.Value, null);
        return number.Ok && number.Value < 0 && !property.AllowNegative ? Negative : number.Fault;
    }

    // Most cells are short: they are looked at without making a text of them.
    private static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> cell, Span<char> room) =>
        cell.Length <= room.Length ? room[..Encoding.UTF8.GetChars(cell, room)] : Encoding.UTF8.GetString(cell);
}
