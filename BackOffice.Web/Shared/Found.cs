namespace BackOffice.Web.Shared;

/// <summary>A page of a long list, and how many rows the whole list has.</summary>
public sealed record Found<T>(IReadOnlyList<T> Rows, int Total)
{
    public const int PageSize = 50;
}
