namespace BackOffice.Web.Documents.Layout;

/// <summary>
/// A place in the document's logical structure, named by its PDF role. It is compared by reference:
/// the fragments of one element on several pages share their tag and so stay one paragraph or table to a reader.
/// </summary>
internal sealed class Tag(string role)
{
    /// <summary>For what repeats or decorates: headers, footers, rules. Screen readers pass over it.</summary>
    public static readonly Tag Artifact = new("Artifact");

    public string Role { get; } = role;

    /// <summary>For header cells: "Column" or "Row".</summary>
    public string? Scope { get; init; }

    public int ColumnSpan { get; init; } = 1;
}
