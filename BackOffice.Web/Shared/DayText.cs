using MudBlazor;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Shared;

/// <summary>A day as a browser's date input writes it.</summary>
internal sealed class DayText : IReversibleConverter<LocalDate?, string?>
{
    public string? Convert(LocalDate? input) => input is { } day ? LocalDatePattern.Iso.Format(day) : null;

    /// <exception cref="FormatException">The text is no day; the field shows the message.</exception>
    public LocalDate? ConvertBack(string? input)
    {
        if (string.IsNullOrWhiteSpace(input))
        {
            return null;
        }

        var day = LocalDatePattern.Iso.Parse(input.Trim());
        return day.Success ? day.Value : throw new FormatException("Use a date such as 2026-01-31.");
    }
}
