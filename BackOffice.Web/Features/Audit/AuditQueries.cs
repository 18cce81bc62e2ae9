using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Audit;

/// <summary>What of the trail is asked for.</summary>
/// <param name="Subject">The kind of thing; null for all.</param>
/// <param name="Text">A part of the actor's name or of the detail.</param>
/// <param name="From">The first day, in the company's zone.</param>
/// <param name="To">The last day, in the company's zone.</param>
public sealed record AuditFilter(string? Subject, string? Text, LocalDate? From, LocalDate? To, int Page = 1);

/// <summary>An entry as its page shows it.</summary>
/// <param name="Href">The page of the thing; null when it has none.</param>
public sealed record AuditRow(long Id, Instant At, string Actor, string Action, string Subject, string Detail, string? Href);

/// <summary>One page of the trail, newest first.</summary>
public sealed record AuditList(IReadOnlyList<AuditRow> Rows, long All, IReadOnlyList<string> Subjects, DateTimeZone Zone);

/// <summary>Reads the audit trail.</summary>
public sealed class AuditQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    public const int PageSize = 50;

    public async Task<AuditList> List(AuditFilter filter, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var zone = await db.ZoneOfCompany(cancel);
        var matching = Matching(db, filter, zone);
        var rows = await matching.OrderByDescending(e => e.Id).Skip((filter.Page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new AuditList(
            [.. rows.Select(e => new AuditRow(e.Id, e.At, e.Actor.Name, e.Action, e.Subject, e.Detail, Href(e.Subject, e.SubjectId)))],
            await matching.LongCountAsync(cancel),
            await db.Audit.Select(e => e.Subject).Distinct().OrderBy(s => s).ToListAsync(cancel),
            zone);
    }

    private static IQueryable<AuditEntry> Matching(BackOfficeDb db, AuditFilter filter, DateTimeZone zone)
    {
        var entries = db.Audit.AsNoTracking().Where(e => filter.Subject == null || e.Subject == filter.Subject);
        if (filter.From is { } first)
        {
            var start = zone.AtStartOfDay(first).ToInstant();
            entries = entries.Where(e => e.At >= start);
        }

        if (filter.To is { } last)
        {
            var end = zone.AtStartOfDay(last.PlusDays(1)).ToInstant();
            entries = entries.Where(e => e.At < end);
        }

        if (string.IsNullOrWhiteSpace(filter.Text))
        {
            return entries;
        }

        // The actor is stored as JSON; its text contains the name.
        var text = filter.Text.Trim().ToUpperInvariant();
        return entries.Where(e => e.Detail.ToUpper().Contains(text) || ((string)(object)e.Actor).ToUpper().Contains(text));
    }

    private static string? Href(string subject, Guid? id) => (subject, id) switch
    {
        ("Invoice", { } invoice) => $"/invoices/{invoice}",
        ("Run", { } run) => $"/runs/{run}",
        ("Import", { } import) => $"/imports/{import}",
        ("Alert", _) => "/alerts?all=true",
        ("Schedule", _) => "/settings/schedules",
        _ => null,
    };
}
