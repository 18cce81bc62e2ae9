using System.Globalization;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Account;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace BackOffice.Web.Hosting;

/// <summary>Accounts, passwords, the sign-in cookie and the policies pages ask for.</summary>
internal static class SignInSetup
{
    private const string SignedInAt = "signed-in-at";
    private static readonly Duration LongestSession = Duration.FromHours(12);

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;

        // In the database, or a restart of the container would sign everybody out.
        services.AddDataProtection().SetApplicationName("BackOffice").PersistKeysToDbContext<BackOfficeDb>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie => Configure(cookie, builder.Configuration.IsHttps()));
        services.AddIdentityCore<AppUser>(Configure)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<BackOfficeDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddPasswordValidator<CommonPasswords>()
            .AddDefaultTokenProviders();
        services.AddScoped<IUserConfirmation<AppUser>, ActivePeople>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddScoped<AuthenticationStateProvider, RevalidatingAccount>();
    }

    /// <summary>One policy per permission, named like it: `[Authorize(Policy = nameof(Permission.Read))]`.</summary>
    public static void AddPermissionPolicies(this IServiceCollection services)
    {
        var policies = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Enum.GetValues<Permission>())
        {
            policies.AddPolicy(permission.ToString(), policy => policy.RequireRole(RoleMatrix.RolesWith(permission)));
        }
    }

    private static void Configure(IdentityOptions identity)
    {
        // Length beats composition: rules about digits and capitals only make passwords predictable.
        identity.Password.RequiredLength = 12;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
        identity.User.RequireUniqueEmail = true;
        identity.SignIn.RequireConfirmedAccount = true; // "Confirmed" means not disabled: see ActivePeople.
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void Configure(CookieAuthenticationOptions cookie, bool https)
    {
        // Browsers accept the __Host- prefix only together with Secure, which plain http://localhost cannot have.
        cookie.Cookie.Name = https ? "__Host-backoffice" : "backoffice";
        cookie.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.Path = "/";
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/account/login";
        cookie.AccessDeniedPath = "/account/denied";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnSigningIn = RememberStart;
        cookie.Events.OnValidatePrincipal = RefuseAfterLongestSession;
    }

    private static Task RememberStart(CookieSigningInContext context)
    {
        context.Properties.Items.TryAdd(SignedInAt, Now(context.HttpContext).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    private static async Task RefuseAfterLongestSession(CookieValidatePrincipalContext context)
    {
        var text = context.Properties.Items.TryGetValue(SignedInAt, out var kept) ? kept : null;
        var began = long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        if (Now(context.HttpContext) - Instant.FromUnixTimeSeconds(began) > LongestSession)
        {
            context.RejectPrincipal();
            return;
        }

        await SecurityStampValidator.ValidatePrincipalAsync(context);
    }

    private static Instant Now(HttpContext context) => context.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
}
