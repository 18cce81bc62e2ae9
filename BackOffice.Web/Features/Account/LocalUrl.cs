namespace BackOffice.Web.Features.Account;

/// <summary>Where to go after signing in: only to a page of ours.</summary>
internal static class LocalUrl
{
    public static string OrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
