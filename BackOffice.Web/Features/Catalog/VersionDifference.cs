using BackOffice.Core.Catalog;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What a version says otherwise than another one, in sentences.</summary>
public static class VersionDifference
{
    /// <returns>Nothing when both say the same.</returns>
    public static IReadOnlyList<string> Of(PlanVersionView from, PlanVersionView to, BillingInterval interval)
    {
        var differences = new List<string>();
        var (feeBefore, feeAfter) = (
            TermsInWords.BaseFee(from.BaseFee, from.Settings, interval), TermsInWords.BaseFee(to.BaseFee, to.Settings, interval));
        Changed(differences, "Base fee", feeBefore, feeAfter);
        var currency = to.BaseFee.Currency;
        Compare(
            differences, from.Settings.FixedCharges, to.Settings.FixedCharges, charge => charge.Code, charge => charge.Name,
            charge => [TermsInWords.Of(charge, currency)]);
        Compare(
            differences, from.Charges, to.Charges, charge => charge.MetricCode, charge => charge.Name,
            charge => [charge.Price.InWords(currency), .. TermsInWords.Of(charge.Settings, currency)]);
        Compare(differences, null, [.. TermsInWords.Of(from.Settings)], [.. TermsInWords.Of(to.Settings)]);
        return differences;
    }

    private static void Compare<T>(
        List<string> differences, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> keyOf, Func<T, string> nameOf,
        Func<T, IReadOnlyList<string>> words)
    {
        differences.AddRange(before.Where(old => after.All(one => keyOf(one) != keyOf(old))).Select(old => $"{nameOf(old)} is gone."));
        foreach (var charge in after)
        {
            if (before.FirstOrDefault(old => keyOf(old) == keyOf(charge)) is not { } same)
            {
                differences.Add($"{nameOf(charge)} is new: {string.Join("; ", words(charge))}.");
                continue;
            }

            if (nameOf(same) != nameOf(charge))
            {
                differences.Add($"{nameOf(same)} is called {nameOf(charge)}.");
            }

            Compare(differences, nameOf(charge), words(same), words(charge));
        }
    }

    // The first sentence of a charge is its price, which changes; the others come and go.
    private static void Compare(List<string> differences, string? name, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var prefix = name is null ? "" : $"{name}: ";
        if (name is not null && before[0] != after[0])
        {
            Changed(differences, name, before[0], after[0]);
        }

        var skip = name is null ? 0 : 1;
        differences.AddRange(before.Skip(skip).Except(after).Select(sentence => $"{prefix}no longer “{sentence}”."));
        differences.AddRange(after.Skip(skip).Except(before).Select(sentence => $"{prefix}now “{sentence}”."));
    }

    private static void Changed(List<string> differences, string what, string before, string after)
    {
        if (before != after)
        {
            differences.Add($"{what}: {after} – before: {before}.");
        }
    }
}
