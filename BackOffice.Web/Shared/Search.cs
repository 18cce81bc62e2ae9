using System.Linq.Expressions;
using System.Reflection;

namespace BackOffice.Web.Shared;

/// <summary>Finds rows by part of a text, whatever its case, on both databases.</summary>
internal static class Search
{
    private static readonly MethodInfo ToUpper = typeof(string).GetMethod(nameof(string.ToUpper), [])!;
    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    /// <summary>The rows with the part in one of their texts; all rows when nothing is searched.</summary>
    public static IQueryable<T> Matching<T>(
        this IQueryable<T> rows, string? search, params IReadOnlyList<Expression<Func<T, string>>> texts)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return rows;
        }

        var row = Expression.Parameter(typeof(T), "row");
        var part = Expression.Constant(Part.Of(search.Trim()));
        var either = texts.Select(text => new Rebind(text.Parameters[0], row).Visit(text.Body))
            .SelectMany(text => Part.Spellings.Select(spelling => Has(text, Expression.Property(part, spelling))))
            .Aggregate<Expression>(Expression.OrElse);
        return rows.Where(Expression.Lambda<Func<T, bool>>(either, row));
    }

    private static MethodCallExpression Has(Expression text, Expression part) =>
        Expression.Call(Expression.Call(text, ToUpper), Contains, part);

    /// <summary>Twice in capitals, because SQLite raises A to Z only and PostgreSQL every letter.</summary>
    private sealed record Part(string All, string Ascii)
    {
        public static readonly string[] Spellings = [nameof(All), nameof(Ascii)];

        public static Part Of(string text) =>
            new(text.ToUpperInvariant(), string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c)));
    }

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
