using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Data.Audit;

/// <summary>Who did what, when. Written in the transaction of the deed; the database refuses to change or delete it.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public Instant At { get; init; }

    public required Person Actor { get; init; }

    /// <summary>What was done, such as "Approved".</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing, such as "Invoice".</summary>
    public required string Subject { get; init; }

    public Guid? SubjectId { get; init; }

    /// <summary>What a person calls the thing, and the reason where one was given.</summary>
    public required string Detail { get; init; }
}

public static class AuditTrail
{
    /// <summary>Adds an entry to the caller's unit of work; it is stored with the deed or not at all.</summary>
    public static void Record(this BackOfficeDb db, Person actor, Instant at, string action, string subject, Guid? id, string detail) =>
        db.Audit.Add(new AuditEntry
        {
            At = at,
            Actor = actor,
            Action = action,
            Subject = subject,
            SubjectId = id,
            Detail = detail.Length <= 1000 ? detail : detail[..1000],
        });
}
