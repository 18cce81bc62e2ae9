using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Setup;

public partial class SetupPage
{
    private IReadOnlyList<FieldError> errors = [];
    private string? refusal;
    private bool done;

    [SupplyParameterFromForm] private SetUpInput Input { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        done = await FirstRun.IsDone();
        Input ??= new SetUpInput { Tax = { ValidFrom = FirstOfTheYear() } };
    }

    private async Task Submit()
    {
        try
        {
            errors = await SetUp.Run(Input, Token);
            if (errors.Count == 0)
            {
                Navigation.NavigateTo("/account/login?setUp=true");
            }
        }
        catch (RuleBroken broken)
        {
            refusal = broken.Message;
        }
    }

    private string FirstOfTheYear() => LocalDatePattern.Iso.Format(new LocalDate(Clock.GetCurrentInstant().InUtc().Year, 1, 1));
}
