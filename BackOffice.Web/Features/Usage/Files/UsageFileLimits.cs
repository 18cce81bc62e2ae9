namespace BackOffice.Web.Features.Usage.Files;

/// <summary>What a usage file may ask of us. Every limit keeps memory bounded whatever is uploaded.</summary>
public static class UsageFileLimits
{
    /// <summary>How much of a file is looked at before a person confirms its shape.</summary>
    public const int SniffBytes = 64 << 10;

    /// <summary>The largest cell, in bytes of UTF-8.</summary>
    public const int MaxCellBytes = 64 << 10;

    /// <summary>The largest row, in bytes of UTF-8.</summary>
    public const int MaxRowBytes = 1 << 20;

    public const int MaxColumns = 200;

    /// <summary>The longest transaction id, subscription code or event name, in UTF-16 units as the database counts them.</summary>
    public const int MaxCodeLength = 255;

    /// <summary>The longest piece of a cell that is shown in an error.</summary>
    public const int MaxShownChars = 80;

    /// <summary>Counting identical rows takes 8 to 16 bytes a row, so files without ids have an end.</summary>
    public const long MaxRowsWithoutId = 10_000_000;
}
