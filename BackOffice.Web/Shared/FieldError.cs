namespace BackOffice.Web.Shared;

/// <summary>A mistake in a form: which field, and what to do about it.</summary>
public sealed record FieldError(string Field, string Sentence);
