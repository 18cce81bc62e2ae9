using BackOffice.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace BackOffice.Web.Features.Account;

/// <summary>Disabled people may not sign in. Identity asks this after the password was right.</summary>
public sealed class ActivePeople : IUserConfirmation<AppUser>
{
    public Task<bool> IsConfirmedAsync(UserManager<AppUser> manager, AppUser user) => Task.FromResult(!user.IsDisabled);
}
