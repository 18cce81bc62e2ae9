using System.Globalization;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Usage;

/// <summary>The report of an import in sentences.</summary>
internal static class ImportWords
{
    /// <summary>For the audit trail: the same words in every language of browser.</summary>
    public static string Counts(ImportReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Rows:N0} rows, {report.Accepted:N0} accepted, {report.Duplicates:N0} duplicates, "
        + $"{report.Rejected:N0} rejected, {report.Late:N0} late");

    /// <summary>What happened, in one sentence.</summary>
    public static string Summary(ImportStatus status, ImportReport report) => (status, report) switch
    {
        (ImportStatus.Undone, _) => $"{Rows(report.Accepted, "was", "were")} stored and taken back. No invoice contains this usage.",
        (ImportStatus.Refused, { Rejected: 0 }) => "Nothing was stored: the file cannot be read with this mapping.",
        (ImportStatus.Refused, _) =>
            $"Nothing was stored: {Rows(report.Rejected, "has an error", "have errors")}, of {report.Rows:N0} in the file.",
        (_, { Accepted: 0, Rejected: 0 }) =>
            $"Nothing new: {All(report.Duplicates)} stored before with the same content. Nothing is billed twice.",
        (_, { Duplicates: 0, Rejected: 0 }) => $"{Capital(All(report.Accepted))} stored.",
        _ => $"{Rows(report.Accepted, "was", "were")} stored{More(report.Duplicates, "stored before")}{More(report.Rejected, "rejected")}.",
    };

    private static string More(long count, string what) => count == 0 ? "" : $", {count:N0} {what}";

    private static string All(long count) => count == 1 ? "the only row was" : $"all {count:N0} rows were";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static string Rows(long count, string one, string many) => count == 1 ? $"1 row {one}" : $"{count:N0} rows {many}";

    public static string Size(long bytes) => bytes switch
    {
        >= 1 << 20 => $"{bytes / (double)(1 << 20):N1} MB",
        >= 1 << 10 => $"{bytes / 1024.0:N0} KB",
        _ => $"{bytes:N0} bytes",
    };
}
