using System.Globalization;
using BackOffice.Web.Shared;
using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Tests.Shared;

public sealed class FieldTests : PageTest
{
    [Theory]
    [InlineData("en-US", "123,5", "Use 1,234.50.")]
    [InlineData("de-DE", "123.5", "Use 1.234,50.")]
    [InlineData("en-US", "1e3", "Use 1,234.50.")]
    [InlineData("en-US", "1.005", "At most 2 decimal places.")]
    public void A_doubtful_amount_is_no_amount_and_the_field_shows_how_to_write_it(string culture, string typed, string message)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        decimal? value = 7m;
        var field = Money(v => value = v, "EUR");

        field.Find("input").Change(typed);

        field.Render(p => p.Add(f => f.Value, value)); // As the page does, which binds it.
        Assert.Null(value);
        Assert.Contains(message, field.Markup, StringComparison.Ordinal);
        Assert.Equal(typed, field.Find("input").GetAttribute("value"));
    }

    [Theory]
    [InlineData("EUR", "1,234.50", "1234.50")]
    [InlineData("EUR", "12.500", "12.5")]
    [InlineData("KWD", "1.005", "1.005")]
    [InlineData("JPY", "1,500", "1500")]
    public void An_amount_is_taken_with_the_decimals_its_currency_has(string currency, string typed, string expected)
    {
        decimal? value = null;
        var field = Money(v => value = v, currency);

        field.Find("input").Change(typed);

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
    }

    [Fact]
    public void A_value_set_by_the_page_replaces_the_text()
    {
        var field = Money(_ => { }, "EUR");
        field.Find("input").Change("rubbish");

        field.Render(p => p.Add(f => f.Value, 9.5m));

        Assert.Equal("9.50", field.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void An_emptied_field_has_no_amount()
    {
        decimal? value = 7m;
        var field = Money(v => value = v, "EUR");

        field.Find("input").Change("");

        Assert.Null(value);
    }

    [Fact]
    public void An_amount_is_shown_with_separators_and_the_currency_beside_it()
    {
        var field = Render<MoneyField>(p => p.Add(f => f.Label, "Price").Add(f => f.Currency, "EUR").Add(f => f.Value, 1234.5m));

        Assert.Equal("1,234.50", field.Find("input").GetAttribute("value"));
        Assert.Contains("EUR", field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_a_doubtful_amount_is_not_valid()
    {
        var form = Render<MudForm>(p => p.Add(f => f.ChildContent, Field()));
        form.Find("input").Change("123,5");
        await form.InvokeAsync(form.Instance.ValidateAsync);
        Assert.False(form.Instance.IsValid);

        form.Find("input").Change("123.50");
        await form.InvokeAsync(form.Instance.ValidateAsync);
        Assert.True(form.Instance.IsValid);

        form.Find("input").Change("-1");
        await form.InvokeAsync(form.Instance.ValidateAsync);
        Assert.False(form.Instance.IsValid);
        Assert.Contains("Price must not be negative.", form.Markup, StringComparison.Ordinal);

        static RenderFragment Field() => builder =>
        {
            builder.OpenComponent<MoneyField>(0);
            builder.AddAttribute(1, nameof(MoneyField.Label), "Price");
            builder.AddAttribute(2, nameof(MoneyField.Currency), "EUR");
            builder.CloseComponent();
        };
    }

    [Fact]
    public void A_quantity_keeps_every_digit()
    {
        decimal? value = null;
        var field = Render<QuantityField>(p => p.Add(f => f.Label, "Units").Add(f => f.ValueChanged, v => value = v));

        field.Find("input").Change("0.000000001");

        Assert.Equal(0.000000001m, value);
    }

    [Fact]
    public void A_whole_number_has_no_decimals()
    {
        decimal? value = null;
        var field = Render<QuantityField>(p => p.Add(f => f.Label, "Days").Add(f => f.Digits, 0).Add(f => f.ValueChanged, v => value = v));

        field.Find("input").Change("1.5");

        Assert.Null(value);
        Assert.Contains("Use a whole number.", field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_is_typed_as_the_browser_writes_it()
    {
        LocalDate? value = null;
        var field = Render<DayField>(p => p.Add(f => f.Label, "From").Add(f => f.ValueChanged, v => value = v));

        field.Find("input").Change("2026-02-28");
        Assert.Equal(new LocalDate(2026, 2, 28), value);

        field.Find("input").Change("2026-02-30");
        Assert.Null(value);
        Assert.Contains("Use a date such as 2026-01-31.", field.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<MoneyField> Money(Action<decimal?> changed, string currency) => Render<MoneyField>(p => p
        .Add(f => f.Label, "Price").Add(f => f.Currency, currency).Add(f => f.Value, 7m).Add(f => f.ValueChanged, changed));
}
