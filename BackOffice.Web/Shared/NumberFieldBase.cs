using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Shared;

/// <summary>What the fields for amounts and quantities have in common.</summary>
public abstract class NumberFieldBase : ComponentBase
{
    private (int? Max, int Shown) _made = (-1, -1);

    [Parameter] public decimal? Value { get; set; }

    [Parameter] public EventCallback<decimal?> ValueChanged { get; set; }

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public bool Required { get; set; }

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public string? HelperText { get; set; }

    /// <summary>Smallest value allowed; zero unless said otherwise, null for none.</summary>
    [Parameter] public decimal? Min { get; set; } = 0;

    [Parameter] public decimal? Max { get; set; }

    private protected StrictDecimal Strict { get; private set; } = default!;

    /// <summary>Decimals always shown.</summary>
    protected abstract int Decimals { get; }

    /// <summary>Decimals allowed; null for any.</summary>
    protected abstract int? MaxDecimals { get; }

    private protected Func<decimal?, string?> Rule => Check;

    protected override void OnParametersSet()
    {
        // A new converter makes the field format again, so it changes only with what it depends on.
        if (_made != (MaxDecimals, Decimals))
        {
            _made = (MaxDecimals, Decimals);
            Strict = new StrictDecimal(MaxDecimals, Decimals, CultureInfo.CurrentCulture);
        }
    }

    private string? Check(decimal? value) => value switch
    {
        null => null,
        _ when value < Min => Min == 0 ? $"{Label} must not be negative." : $"{Label} must be at least {DecimalText.Format(Min.Value)}.",
        _ when value > Max => $"{Label} must be at most {DecimalText.Format(Max.Value)}.",
        _ => null,
    };
}
