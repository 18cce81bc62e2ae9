using BackOffice.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace BackOffice.Web.Features.Account;

/// <summary>Signs somebody in by e-mail and password, or says why not without telling a stranger who has an account.</summary>
public sealed partial class SignIn(SignInManager<AppUser> signIn, ILogger<SignIn> logger)
{
    private const string Wrong = "The e-mail or the password is wrong.";
    private static readonly AppUser Nobody = new();
    private static string? _hashOfNothing;

    /// <returns>The refusal; null when the person is signed in.</returns>
    public async Task<string?> Run(string email, string password)
    {
        var user = await signIn.UserManager.FindByEmailAsync(email.Trim());
        if (user is null)
        {
            // As slow as a real check, so that the time of the answer does not tell which addresses have an account.
            var hasher = signIn.UserManager.PasswordHasher;
            _hashOfNothing ??= hasher.HashPassword(Nobody, "nothing");
            hasher.VerifyHashedPassword(Nobody, _hashOfNothing, password);
            return Wrong;
        }

        if (await signIn.UserManager.CheckPasswordAsync(user, password) && user.IsDisabled)
        {
            return "This account is disabled. Ask an administrator.";
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        LogAttempt(user.Id, result.Succeeded, result.IsLockedOut);
        return result switch
        {
            { Succeeded: true } => null,
            { IsLockedOut: true } => "Too many wrong passwords. Wait five minutes and try again.",
            _ => Wrong,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sign-in of user {UserId}: succeeded {Succeeded}, locked {Locked}")]
    private partial void LogAttempt(Guid userId, bool succeeded, bool locked);
}
