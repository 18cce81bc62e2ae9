namespace BackOffice.Web.Documents.Pdf;

/// <summary>What a file says about itself. The date is the document's own, or the same document would give other bytes tomorrow.</summary>
internal sealed record PdfInfo(string Title, string Author, string Subject, DateOnly Date)
{
    public const string Producer = "BackOffice";

    public string Language { get; init; } = "en";

    public Attachment? Attachment { get; init; }
}

/// <summary>A file inside the file, such as the invoice as data.</summary>
internal sealed record Attachment(string Name, string MimeType, string Description, byte[] Content)
{
    /// <summary>What the attachment is to the document, in the words of PDF/A-3: Alternative, Source, Data, Supplement.</summary>
    public string Relationship { get; init; } = "Alternative";
}
