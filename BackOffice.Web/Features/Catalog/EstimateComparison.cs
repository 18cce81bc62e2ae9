using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A line of two estimates; null where one of them has none.</summary>
public sealed record ComparedLine(string Name, Money? One, Money? Other);

/// <summary>Puts two estimates side by side: lines of the same metric, filter and kind belong together.</summary>
public static class EstimateComparison
{
    public static IReadOnlyList<ComparedLine> Of(PlanEstimate one, PlanEstimate other)
    {
        var others = other.Lines.ToList();
        var rows = new List<ComparedLine>();
        foreach (var line in one.Lines)
        {
            var match = others.FirstOrDefault(candidate => KeyOf(candidate) == KeyOf(line));
            rows.Add(new(line.Rated.Name, line.Total, match is null ? null : match.Total));
            if (match is not null)
            {
                others.Remove(match);
            }
        }

        rows.AddRange(others.Select(line => new ComparedLine(line.Rated.Name, null, line.Total)));
        return rows;
    }

    /// <summary>"Version 1 costs 5.00 EUR less."</summary>
    public static string InWords(PlanEstimate one, PlanEstimate other, string name)
    {
        var difference = other.Total - one.Total;
        return difference.MinorUnits switch
        {
            0 => $"{name} costs the same.",
            < 0 => $"{name} costs {MoneyText.Of(-difference)} less.",
            _ => $"{name} costs {MoneyText.Of(difference)} more.",
        };
    }

    private static (LineKind Kind, string? What, string? Filter) KeyOf(EstimateLine line) =>
        (line.Rated.Kind, line.Charge?.MetricCode ?? line.Rated.ChargeCode ?? line.Rated.Name, line.Rated.Filter);
}
