using System.Text.Json;
using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>A problem of an import as it is kept with its events.</summary>
public sealed record KeptProblem(long? Line, string? Column, string? Value, string Code, string Message);

/// <summary>
/// What an import means, kept with its events: on SQLite they are committed before the main file is, and if the process dies between the
/// two, the record of the import is made again from this.
/// </summary>
public sealed record ImportOutcome(ImportReport Report, IReadOnlyList<KeptProblem> Problems, Person Actor, long FinishedMicros)
{
    /// <summary>Of events that were stored before outcomes were kept; their record is in the main database.</summary>
    public const string Unknown = "null";

    public Instant FinishedAt => Micros.ToInstant(FinishedMicros);

    public string ToJson() => JsonSerializer.Serialize(this, DomainJson.Options);

    public static ImportOutcome? FromJson(string json) => JsonSerializer.Deserialize<ImportOutcome>(json, DomainJson.Options);
}
