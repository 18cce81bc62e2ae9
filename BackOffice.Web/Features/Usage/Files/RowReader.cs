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

    private static readonly TextFault Negative = new(
        "negative_quantity", "A quantity is negative. Correct it, or allow corrections for this property in the mapping.");

    private static readonly TextFault TooLong = new(
        "value_too_long", $"The value has more than {UsageFileLimits.MaxCodeLength} characters. Shorten it.");

    private readonly RowIds? _ids = plan.TransactionId < 0 ? new RowIds() : null;

    internal bool TooManyRowsWithoutId => _ids is { Count: >= UsageFileLimits.MaxRowsWithoutId };

    internal UsageFileLine Read(CsvReader csv)
    {
        var line = csv.LineNumber;
        var time = csv.GetString(plan.Timestamp).AsSpan().Trim();
        var at = TimestampText.Parse(time, mapping.TimestampFormat!.Value, plan.Zone, now);
        if (!at.Ok)
        {
            return Error(csv, plan.Timestamp, time.IsEmpty ? Empty : at.Fault);
        }

        if (Code(csv, plan.Subscription, mapping.SubscriptionCode, out var subscription) is { } badSubscription)
        {
            return Error(csv, plan.Subscription, badSubscription);
        }

        if (Code(csv, plan.EventName, mapping.EventName, out var eventName) is { } badEventName)
        {
            return Error(csv, plan.EventName, badEventName);
        }

        if (Properties(csv, out var properties) is { } badProperty)
        {
            return badProperty;
        }

        if (Code(csv, plan.TransactionId, fixedValue: "", out var id) is { } badId)
        {
            return Error(csv, plan.TransactionId, badId);
        }

        id = _ids?.Next(subscription, eventName, csv) ?? id;
        return new UsageRow(line, subscription, eventName, at.Value, id, properties);
    }

    internal RowError Error(CsvReader csv, int column, TextFault fault) =>
        new(csv.LineNumber, plan.Columns[column], CellText.Show(csv.GetString(column)), fault.Code, fault.Message)
        {
            Cells = RecordCheck.Cells(csv),
        };

    /// <summary>A code is trimmed and otherwise taken as it is: case, accents and their Unicode form tell codes apart.</summary>
    private static TextFault? Code(CsvReader csv, int column, string? fixedValue, out string code)
    {
        code = column < 0 ? fixedValue!.Trim() : csv.GetString(column).Trim();
        return code.Length switch
        {
            0 when column >= 0 => Empty,
            > UsageFileLimits.MaxCodeLength => TooLong,
            _ => null,
        };
    }

    private RowError? Properties(CsvReader csv, out UsageProperty[] properties)
    {
        var count = 0;
        var values = new UsageProperty[mapping.Properties.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (property, column) = (mapping.Properties[i], plan.Properties[i]);
            var text = csv.GetString(column).Trim();
            if (text.Length == 0 && property.Optional)
            {
                continue;
            }

            if (Value(property, text, out values[count]) is { } fault)
            {
                properties = [];
                return Error(csv, column, fault);
            }

            count++;
        }

        properties = count == values.Length ? values : values[..count];
        return null;
    }

    private TextFault? Value(MappedProperty property, string text, out UsageProperty value)
    {
        value = new UsageProperty(property.Property, null, text);
        if (text.Length == 0)
        {
            return Empty;
        }

        if (property.Kind == PropertyKind.Text)
        {
            return null;
        }

        var number = ExactDecimal.Parse(text, mapping.NumberFormat);
        value = new UsageProperty(property.Property, number.Value, null);
        return number.Ok && number.Value < 0 && !property.AllowNegative ? Negative : number.Fault;
    }
}
