using BackOffice.Data.Identity;
using BackOffice.Web.Shared;
using MudBlazor;

namespace BackOffice.Web.Features.Users;

public partial class UsersPage
{
    private IReadOnlyList<UserRow>? rows;

    internal static string RoleName(string role) => role == Roles.Admin ? "Administrator" : role;

    protected override Task OnInitializedAsync() => Load();

    private async Task Load() => rows = await Users.List();

    private async Task Add()
    {
        if (await UserDialog.Ask(Dialogs) is not { } input)
        {
            return;
        }

        var password = "";
        if (await Act.Run(async () => password = await AddUser.Run(input), then: Load))
        {
            await OneTimePasswordDialog.Show(Dialogs, input.Name, password);
        }
    }

    private async Task Change(UserRow row)
    {
        if (await UserDialog.Ask(Dialogs, row) is { } input)
        {
            await Act.Run(() => ChangeRoles.Run(row.Id, input.Roles), $"{row.Name} has new roles and must sign in again.", Load);
        }
    }

    private async Task Reset(UserRow row)
    {
        var sentence = $"{row.Name} is signed out everywhere and signs in with a new password, which you see once.";
        var password = "";
        if (await ConfirmDialog.Ask(Dialogs, "New one-time password?", sentence, "Make one")
            && await Act.Run(async () => password = await ResetPassword.Run(row.Id), then: Load))
        {
            await OneTimePasswordDialog.Show(Dialogs, row.Name, password);
        }
    }

    private async Task Disable(UserRow row)
    {
        var sentence = $"{row.Name} is signed out everywhere and cannot sign in. Everything done so far stays.";
        if (await ConfirmDialog.Ask(Dialogs, $"Disable {row.Name}?", sentence, "Disable", danger: true))
        {
            await Act.Run(() => DisableUser.Run(row.Id), $"{row.Name} is disabled.", Load);
        }
    }

    private async Task Enable(UserRow row) => await Act.Run(() => EnableUser.Run(row.Id), $"{row.Name} may sign in again.", Load);
}
