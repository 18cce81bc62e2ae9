using BackOffice.Core.Common;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Users;

public partial class UserDialog
{
    private readonly HashSet<string> chosen = [];
    private MudForm form = default!;
    private string name = "";
    private string email = "";
    private string? mistake;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>The person whose roles change; null for a new one.</summary>
    [Parameter] public UserRow? Row { get; set; }

    /// <summary>What was entered; null when the person changed his mind.</summary>
    public static async Task<AddUser.Input?> Ask(IDialogService dialogs, UserRow? row = null)
    {
        var dialog = await dialogs.ShowAsync<UserDialog>(null, new DialogParameters<UserDialog> { { d => d.Row, row } });
        return (await dialog.Result)?.Data as AddUser.Input;
    }

    protected override void OnInitialized() => chosen.UnionWith(Row?.Roles ?? []);

    private void Choose(string role, bool on)
    {
        _ = on ? chosen.Add(role) : chosen.Remove(role);
        mistake = null;
    }

    private async Task Submit()
    {
        await form.ValidateAsync();
        if (!form.IsValid)
        {
            return;
        }

        try
        {
            RoleChoice.Check(chosen);
            Dialog.Close(DialogResult.Ok(new AddUser.Input(name, email, [.. chosen])));
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
    }
}
