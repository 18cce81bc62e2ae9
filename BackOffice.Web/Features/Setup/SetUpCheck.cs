using System.Net.Mail;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;
using BackOffice.Web.Features.Account;
using BackOffice.Web.Shared;
using NodaTime.Text;

namespace BackOffice.Web.Features.Setup;

/// <summary>Turns the typed set-up into the first entities and collects every mistake under its field's name.</summary>
internal sealed class SetUpCheck
{
    private readonly List<FieldError> _errors = [];

    private SetUpCheck()
    {
    }

    public IReadOnlyList<FieldError> Errors => _errors;

    public Company? Company { get; private set; }

    public TaxRate? Tax { get; private set; }

    public static SetUpCheck Of(SetUpInput input)
    {
        var check = new SetUpCheck();
        check.Person("Admin", "administrator", input.Admin);
        check.ReadCompany(input.Company, input.NumberFormat);
        check.ReadTax(input.Tax, input.Company.Country ?? "");
        check.Person("Approver", "approver", input.Approver);
        if (string.Equals(input.Admin.Email?.Trim(), input.Approver.Email?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            check.Add("Approver.Email", "The approver must be another person, with another e-mail.");
        }

        return check;
    }

    private void Person(string who, string role, PersonInput person)
    {
        Required($"{who}.Name", person.Name, $"The {role}'s name is missing.");
        if (!MailAddress.TryCreate(person.Email?.Trim(), out _))
        {
            Add($"{who}.Email", $"The {role}'s e-mail is not an e-mail address.");
        }

        var password = person.Password ?? "";
        if (password.Length < 12)
        {
            Add($"{who}.Password", $"The {role}'s password needs at least 12 characters.");
        }
        else if (CommonPasswords.WhyNot(person.Email, password) is { } why)
        {
            Add($"{who}.Password", why);
        }
        else if (password != person.Again)
        {
            Add($"{who}.Again", $"The {role}'s two passwords differ.");
        }
    }

    private void ReadCompany(CompanyInput company, string? numberFormat)
    {
        var before = _errors.Count;
        Required("Company.Name", company.Name, "The legal name is missing.");
        Required("Company.Street", company.Street, "The street is missing.");
        Required("Company.City", company.City, "The city is missing.");
        Try("NumberFormat", () => InvoiceNumberFormat.Parse(numberFormat));
        Try("Company.Currency", () => Currency.Of(company.Currency ?? ""));
        Try("Company.Zone", () => Zone.Of(company.Zone ?? ""));
        if (_errors.Count == before)
        {
            Try("Company.Name", () => Company = Core.Customers.Company.Create(Details(company, numberFormat!)));
        }
    }

    private static CompanyDetails Details(CompanyInput company, string numberFormat) => new(
        company.Name!,
        new Address(company.Street!, company.PostalCode, company.City!, null, company.Country ?? ""),
        company.TaxNumber,
        Email: null,
        Iban: null,
        Bic: null,
        company.Currency!,
        company.Zone!,
        numberFormat,
        PaymentDays: 14);

    private void ReadTax(TaxInput tax, string country)
    {
        Try("Tax.Code", () => Code.Check(tax.Code, "Tax code"));
        Required("Tax.Name", tax.Name, "The tax's name is missing.");
        var percent = DecimalText.TryParse(tax.Percent, out var value) && value is >= 0 and <= 100 ? value : (decimal?)null;
        if (percent is null)
        {
            Add("Tax.Percent", $"The tax percentage is not a number from 0 to 100. Use a number such as {DecimalText.Format(19.5m)}.");
        }

        var day = LocalDatePattern.Iso.Parse(tax.ValidFrom?.Trim() ?? "");
        if (!day.Success)
        {
            Add("Tax.ValidFrom", "The tax's first day is not a date. Use a date such as 2026-01-01.");
        }

        if (percent is { } given && day.Success && !_errors.Exists(e => e.Field.StartsWith("Tax.", StringComparison.Ordinal)))
        {
            Try("Tax.Percent", () => Tax = TaxRate.Create(tax.Code!, tax.Name!, country, given, day.Value));
        }
    }

    private void Required(string field, string? text, string sentence)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(field, sentence);
        }
    }

    private void Try(string field, Action rule)
    {
        try
        {
            rule();
        }
        catch (RuleBroken refusal)
        {
            Add(field, refusal.Message);
        }
    }

    private void Add(string field, string sentence) => _errors.Add(new(field, sentence));
}
