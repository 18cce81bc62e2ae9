namespace BackOffice.Web.Shared;

/// <summary>A step of the way back in a <see cref="PageHeader"/>.</summary>
public sealed record Crumb(string Text, string Href);
