using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Customers;

/// <summary>A number of days, as a field for numbers gives it.</summary>
public static class Days
{
    /// <exception cref="RuleBroken">It is missing, has a fraction or is no number of days anybody means.</exception>
    public static int Whole(decimal? days, string what) =>
        days is { } given && given == decimal.Truncate(given) && given is >= 0 and <= 36_500
            ? (int)given
            : throw new RuleBroken($"{what} must be a whole number of days.");
}
