using System.Collections.Frozen;
using BackOffice.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace BackOffice.Web.Features.Account;

/// <summary>Refuses the passwords attackers try first, and those made of the account's own name.</summary>
public sealed class CommonPasswords : IPasswordValidator<AppUser>
{
    private const int FewestDifferentCharacters = 5;
    private static readonly FrozenSet<string> Known = Load();

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password) =>
        Task.FromResult(WhyNot(user.Email, password ?? "") is { } sentence
            ? IdentityResult.Failed(new IdentityError { Code = "CommonPassword", Description = sentence })
            : IdentityResult.Success);

    internal static string? WhyNot(string? email, string password)
    {
        var name = email?.Split('@')[0] ?? "";
        if (Known.Contains(password) || password.Distinct().Count() < FewestDifferentCharacters)
        {
            return "This password is among the first an attacker tries. Choose another one; four random words are good.";
        }

        return name.Length >= 4 && password.Contains(name, StringComparison.OrdinalIgnoreCase)
            ? "The password contains the e-mail name. Choose another one."
            : null;
    }

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
