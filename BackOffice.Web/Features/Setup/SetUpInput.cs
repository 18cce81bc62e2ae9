namespace BackOffice.Web.Features.Setup;

/// <summary>What the first person types in, as typed: every field is text until it is checked.</summary>
public sealed record SetUpInput
{
    /// <summary>The value of <see cref="Start"/> that loads the demo.</summary>
    public const string Demo = "demo";

    public PersonInput Admin { get; set; } = new();

    public CompanyInput Company { get; set; } = new();

    public string? NumberFormat { get; set; } = "INV-{yyyy}-{seq:6}";

    public TaxInput Tax { get; set; } = new();

    public PersonInput Approver { get; set; } = new();

    /// <summary>"empty", or "demo" for invented customers with a real month of usage.</summary>
    public string? Start { get; set; } = "empty";
}

public sealed record PersonInput
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

public sealed record CompanyInput
{
    public string? Name { get; set; }

    public string? Street { get; set; }

    public string? PostalCode { get; set; }

    public string? City { get; set; }

    public string? Country { get; set; } = "DE";

    public string? TaxNumber { get; set; }

    public string? Currency { get; set; } = "EUR";

    public string? Zone { get; set; } = "Europe/Berlin";
}

public sealed record TaxInput
{
    public string? Code { get; set; } = "standard";

    public string? Name { get; set; } = "VAT";

    public string? Percent { get; set; } = "19";

    public string? ValidFrom { get; set; }
}
