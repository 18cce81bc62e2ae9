using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Usage;

/// <summary>What the use cases of imports share.</summary>
internal static class ImportLoading
{
    /// <exception cref="RuleBroken">There is no such import.</exception>
    public static async Task<Import> FindImport(this BackOfficeDb db, ImportId id, CancellationToken cancel) =>
        await db.Imports.SingleOrDefaultAsync(i => i.Id == id, cancel)
        ?? throw new RuleBroken("There is no such import. Upload the file again.");

    public static IEnumerable<ImportProblem> Problems(this ImportTally tally, ImportId import) =>
        tally.Errors.Select(error => error.AsProblem(import));

    public static ImportProblem AsProblem(this RowError error, ImportId import) =>
        ImportProblem.Of(
            import, error.StopsFile && !error.IsAtLine ? null : error.Line, error.Column, error.Value, error.Code, error.Message);
}

/// <summary>What can be asked of a mapping before any file is opened.</summary>
internal static class MappingRules
{
    private const int MaxPropertyName = 100;

    /// <exception cref="RuleBroken">Something is not chosen yet; the message says what.</exception>
    public static void RequireComplete(UsageMapping mapping)
    {
        if (Faults(mapping, [.. MappingCheck.UsedColumns(mapping)]) is [var fault, ..])
        {
            throw new RuleBroken(fault);
        }
    }

    /// <summary>What is still missing or wrong, as sentences; empty when the file can be read.</summary>
    public static IReadOnlyList<string> Faults(UsageMapping mapping, IReadOnlyList<string> columns) =>
    [
        .. MappingCheck.Check(mapping, columns).Select(fault => fault.Message),
        .. mapping.Properties.Where(p => p.Property.Length is 0 or > MaxPropertyName).Select(p =>
            $"Give the property of column “{CellText.Show(p.Column)}” a name of 1 to {MaxPropertyName} characters."),
    ];
}
