using System.Globalization;
using MudBlazor;

namespace BackOffice.Web.Shared;

/// <summary>Makes a MudBlazor text field read numbers strictly: what could be meant in two ways is refused with an example.</summary>
internal sealed class StrictDecimal(int? maxDecimals, int shownDecimals, CultureInfo culture) : IReversibleConverter<decimal?, string?>
{
    public string? Convert(decimal? input) => input is { } value ? DecimalText.Format(value, shownDecimals, culture) : null;

    /// <exception cref="FormatException">The text is no number in this culture; the field shows the message.</exception>
    public decimal? ConvertBack(string? input)
    {
        if (string.IsNullOrWhiteSpace(input))
        {
            return null;
        }

        if (!DecimalText.TryParse(input, out var value, culture))
        {
            throw new FormatException($"Use {DecimalText.Example(shownDecimals, culture)}.");
        }

        // 12.500 with two decimals is 12.50: zeros at the end say nothing.
        var trimmed = value / 1.0000000000000000000000000000m;
        return maxDecimals is { } most && trimmed.Scale > most
            ? throw new FormatException(most == 0 ? "Use a whole number." : $"At most {most} decimal places.")
            : trimmed;
    }
}
