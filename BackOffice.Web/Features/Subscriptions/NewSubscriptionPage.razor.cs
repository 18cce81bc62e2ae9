using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Customers;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

public partial class NewSubscriptionPage
{
    private IReadOnlyList<CustomerChoice>? customers;
    private IReadOnlyList<PlanRow>? plans;
    private MudForm form = default!;
    private string? customerCode;
    private string? planCode;
    private string? code;
    private string? suggested;
    private LocalDate? startsOn;
    private string? mistake;

    /// <summary>The code of the customer to begin with.</summary>
    [SupplyParameterFromQuery] public string? Customer { get; set; }

    /// <summary>The code of the plan to begin with.</summary>
    [SupplyParameterFromQuery] public string? Plan { get; set; }

    private CustomerChoice? Chosen => customers?.FirstOrDefault(customer => customer.Code == customerCode);

    private string Back => "/subscriptions";

    private string? Forecast => Chosen is { } customer && startsOn is { Year: >= 2000 } day ? FirstBill.InWords(day, customer.Today) : null;

    protected override async Task OnInitializedAsync()
    {
        customers = await Customers.Choices();
        plans = await Catalog.Published();
        var plan = plans.FirstOrDefault(p => p.Code == Plan)?.Code ?? (plans.Count == 1 ? plans[0].Code : null);
        Choose(customers.FirstOrDefault(c => c.Code == Customer)?.Code, plan);
        startsOn = Chosen?.Today;
    }

    /// <summary>The code is made of customer and plan until somebody types one.</summary>
    private void Choose(string? customer, string? plan)
    {
        (customerCode, planCode) = (customer, plan);
        if (customer is { Length: > 0 } && plan is { Length: > 0 } && (string.IsNullOrEmpty(code) || code == suggested))
        {
            code = suggested = $"{customer}-{plan}" is { Length: <= 64 } whole ? whole : customer;
        }

        startsOn ??= Chosen?.Today;
    }

    private async Task Start()
    {
        mistake = null;
        await form.ValidateAsync();
        if (string.IsNullOrEmpty(customerCode) || string.IsNullOrEmpty(planCode))
        {
            mistake = "Choose a customer and a plan.";
        }
        else if (form.IsValid)
        {
            var input = new SubscriptionInput(code!, customerCode, planCode, startsOn!.Value);
            if (await Act.Run(() => StartSubscription.Run(input), $"Subscription {code} is started."))
            {
                Navigation.NavigateTo($"/subscriptions?q={Uri.EscapeDataString(code!)}");
            }

            mistake = Act.Refusal;
        }
    }
}
