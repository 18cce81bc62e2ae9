using BackOffice.Core.Customers;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Customers;

public partial class CustomerEditPage
{
    private CustomerDraft draft = new();
    private CustomerView? customer;
    private IReadOnlyList<Choice>? taxes;
    private MudForm form = default!;
    private string? suggested;
    private bool missing;

    /// <summary>The customer to edit; null for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    private IReadOnlyList<Crumb> Crumbs => customer is null
        ? [new("Customers", "/customers")]
        : [new("Customers", "/customers"), new(customer.Details.Name, $"/customers/{Id}")];

    protected override async Task OnInitializedAsync()
    {
        if (Id is { } id)
        {
            customer = await Customers.View(new CustomerId(id));
            missing = customer is null;
            draft = customer is null ? draft : CustomerDraft.Of(customer.Details);
        }
        else
        {
            var defaults = await Companies.Defaults();
            (draft.ZoneId, draft.PaymentDays, draft.Address.Country) = (defaults.ZoneId, defaults.PaymentDays, defaults.Country);
        }

        taxes = await Taxes.Choices();
    }

    /// <summary>The code follows the name until somebody types one.</summary>
    private void Rename(string? typed)
    {
        draft.Name = typed;
        if (Id is null && (string.IsNullOrEmpty(draft.Code) || draft.Code == suggested))
        {
            draft.Code = suggested = CodeSuggestion.From(typed);
        }
    }

    private async Task Save()
    {
        await form.ValidateAsync();
        if (!form.IsValid)
        {
            return;
        }

        var id = default(CustomerId);
        var done = Id is null ? $"{draft.Name} is created." : $"{draft.Name} is changed.";
        if (await Act.Run(async () => id = await SaveCustomer.Run(customer?.Id, draft.ToDetails(), customer?.Revision), done))
        {
            Navigation.NavigateTo($"/customers/{id.Value}");
        }
    }
}
