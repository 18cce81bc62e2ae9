using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Shared;

/// <summary>What the fields for amounts and quantities have in common: strict reading, and the typed text stays whatever it is.</summary>
public abstract class NumberFieldBase : ComponentBase
{
    private decimal? _known;
    private bool _shown;

    [Parameter] public decimal? Value { get; set; }

    [Parameter] public EventCallback<decimal?> ValueChanged { get; set; }

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public bool Required { get; set; }

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public string? HelperText { get; set; }

    /// <summary>Smallest value allowed; zero unless said otherwise, null for none.</summary>
    [Parameter] public decimal? Min { get; set; } = 0;

    [Parameter] public decimal? Max { get; set; }

    protected string? Text { get; private set; }

    protected Func<string?, string?> Rule => text => Read(text).Mistake;

    /// <summary>Decimals always shown.</summary>
    protected abstract int Decimals { get; }

    /// <summary>Decimals allowed; null for any.</summary>
    protected abstract int? MaxDecimals { get; }

    protected override void OnParametersSet()
    {
        // While the text is no number the value is null on both sides, and the text stays for its author to mend.
        if (!_shown || Value != _known)
        {
            _shown = true;
            _known = Value;
            Text = Format(Value);
        }
    }

    protected Task Typed(string? text)
    {
        var (value, mistake) = Read(text);
        _known = value;
        Text = mistake is null ? Format(value) : text;
        return ValueChanged.InvokeAsync(value);
    }

    private string? Format(decimal? value) => value is { } given ? DecimalText.Format(given, Decimals) : null;

    private (decimal? Value, string? Mistake) Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }

        if (!DecimalText.TryParse(text, out var read))
        {
            return (null, $"Use {DecimalText.Example(Decimals)}.");
        }

        // 12.500 with two decimals is 12.50: zeros at the end say nothing.
        var value = read / 1.0000000000000000000000000000m;
        var mistake = value switch
        {
            _ when value.Scale > MaxDecimals => MaxDecimals == 0 ? "Use a whole number." : $"At most {MaxDecimals} decimal places.",
            _ when value < Min && Min == 0 => $"{Label} must not be negative.",
            _ when value < Min => $"{Label} must be at least {DecimalText.Format(Min.Value)}.",
            _ when value > Max => $"{Label} must be at most {DecimalText.Format(Max.Value)}.",
            _ => null,
        };
        return mistake is null ? (value, null) : (null, mistake);
    }
}
