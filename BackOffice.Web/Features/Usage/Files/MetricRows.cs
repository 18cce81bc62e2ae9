using BackOffice.Core.Common;
using BackOffice.Data.Usage;
using CsvHelper;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Reads the metric and the quantity of a row of a long file, where each row is of one metric.</summary>
internal sealed class MetricRows(UsageMapping mapping, ColumnPlan plan)
{
    private static readonly TextFault Empty = new("empty_value", "The value is missing. Fill it in, or remove the row.");

    private readonly Dictionary<string, MetricTarget> _targets =
        mapping.Metrics.ToDictionary(metric => metric.Name, StringComparer.Ordinal);

    /// <summary>Null for a file that is not long.</summary>
    public static MetricRows? Of(UsageMapping mapping, ColumnPlan plan) => plan.Metric < 0 ? null : new(mapping, plan);

    /// <param name="column">The column at fault.</param>
    public TextFault? Read(CsvReader csv, out string eventName, out UsageProperty? quantity, out int column)
    {
        (eventName, quantity, column) = ("", null, plan.Metric);
        var name = plan.Cell(csv, plan.Metric).Trim();
        if (!_targets.TryGetValue(name, out var target))
        {
            return name.Length == 0 ? Empty : Unknown(name);
        }

        (eventName, column) = (target.EventName, plan.Quantity);
        var text = plan.Cell(csv, plan.Quantity).Trim();
        var number = ExactDecimal.Parse(text, mapping.NumberFormat);
        if (target.Property is null)
        {
            return text.Length == 0 || (number.Ok && number.Value == 1) ? null : CountsRows(target);
        }

        quantity = new UsageProperty(target.Property, number.Value, null);
        return text.Length == 0 ? Empty : number.Ok && number.Value < 0 && !mapping.AllowNegative ? RowReader.Negative : number.Fault;
    }

    /// <summary>Said of a metric that has no quantity to be given.</summary>
    public static TextFault CountsRows(MetricTarget target) => new(
        "metric_counts_rows",
        $"The metric “{target.Code}” reads no single number, so the quantity of a row can only be 1. Write a row for each, "
        + "or use a metric that adds up a property.");

    /// <summary>Said of a code that no metric has.</summary>
    public static TextFault Unknown(string name, IEnumerable<string> codes)
    {
        var meant = NearCodes.Closest(name, codes);
        return new(
            "unknown_metric",
            $"There is no metric with the code “{CellText.Show(name)}”.{(meant is null ? "" : $" Did you mean “{meant}”?")} "
            + "Correct the code, say what it means, or create the metric first.");
    }

    private TextFault Unknown(string name) =>
        Unknown(name, mapping.Metrics.Select(metric => metric.Code).Distinct(StringComparer.Ordinal));
}
