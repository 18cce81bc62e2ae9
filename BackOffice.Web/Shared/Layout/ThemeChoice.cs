namespace BackOffice.Web.Shared.Layout;

/// <summary>Light, dark, or as the operating system says: read from cookies, so that the first answer has the right colours.</summary>
/// <param name="Mode">What the person chose: "light", "dark" or "system".</param>
/// <param name="SystemIsDark">What the browser reported last.</param>
public sealed record ThemeChoice(string Mode, bool SystemIsDark)
{
    public bool IsDark => Mode == "dark" || (Mode == "system" && SystemIsDark);

    public static ThemeChoice From(IRequestCookieCollection cookies) => new(
        cookies["theme"] is "light" or "dark" ? cookies["theme"]! : "system",
        cookies["theme-system"] == "dark");
}
