using System.Security.Claims;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Users;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace BackOffice.Web.Features.Account;

/// <summary>Somebody changes his own password. Other browsers he is signed in with are signed out.</summary>
public sealed partial class ChangePassword(SignInManager<AppUser> signIn, ILogger<ChangePassword> logger)
{
    public sealed class Input
    {
        public string? Current { get; set; }

        public string? New { get; set; }

        public string? Again { get; set; }
    }

    /// <returns>The mistakes; none when the password is changed.</returns>
    public async Task<IReadOnlyList<FieldError>> Run(ClaimsPrincipal person, Input input)
    {
        if (input.New != input.Again)
        {
            return [new(nameof(Input.Again), "The two passwords differ.")];
        }

        var users = signIn.UserManager;
        var user = await users.GetUserAsync(person) ?? throw new InvalidOperationException("The signed-in account does not exist.");
        var result = await users.ChangePasswordAsync(user, input.Current ?? "", input.New ?? "");
        if (!result.Succeeded)
        {
            return [.. result.Errors.Select(Name)];
        }

        foreach (var claim in (await users.GetClaimsAsync(user)).Where(claim => claim.Type == Accounts.TemporaryPassword))
        {
            Accounts.Must(await users.RemoveClaimAsync(user, claim));
        }

        await signIn.RefreshSignInAsync(user);
        LogChanged(user.Id);
        return [];
    }

    private static FieldError Name(IdentityError error) => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)
        ? new(nameof(Input.Current), "This is not your current password.")
        : new(nameof(Input.New), error.Description);

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} changed the password")]
    private partial void LogChanged(Guid userId);
}
