using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Invoices;

/// <summary>Why an issued invoice does not stand any more.</summary>
/// <param name="By">A person who had no hand in preparing it.</param>
/// <param name="Comment">1 to 500 characters.</param>
public sealed record Withdrawal(Person By, Instant At, string Comment)
{
    /// <summary>1 to 500 characters.</summary>
    public string Comment { get; } = Text.Required(Comment, "Comment", 500);
}
