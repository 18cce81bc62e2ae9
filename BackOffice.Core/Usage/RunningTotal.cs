using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>The totals after each event while a free allowance lasts: they explain where it ended.</summary>
public static class RunningTotal
{
    /// <param name="values">The values in order of time.</param>
    /// <param name="freeEvents">How many events are free; zero when none.</param>
    /// <param name="freeAmount">How many units are free; zero when none. Read only when no number of events is given (Lago's rule).</param>
    /// <returns>With the event that uses the allowance up; nothing when nothing is free.</returns>
    /// <exception cref="ArithmeticException">A total needs more than 28 digits.</exception>
    public static IReadOnlyList<decimal> Of(IReadOnlyList<decimal> values, int freeEvents, decimal freeAmount)
    {
        var totals = new List<decimal>();
        var total = 0m;
        foreach (var value in values)
        {
            if (freeEvents > 0 ? totals.Count >= freeEvents : total >= freeAmount)
            {
                break;
            }

            totals.Add(total = Exact.Add(total, value));
        }

        return totals;
    }
}
