using System.Reflection;
using System.Runtime.CompilerServices;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Data.Mapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static BackOffice.Web.Tests.Architecture.Sources;

namespace BackOffice.Web.Tests.Architecture;

/// <summary>What keeps BackOffice.Core pure: the same question gets the same answer, on every machine, on every day.</summary>
public class CoreTests
{
    private static readonly string[] Clocks =
        ["SystemClock", "IClock", "TimeProvider", "Stopwatch", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly"];

    [Fact]
    public void Core_has_no_floating_point() =>
        Forbid(
            "double and float are banned in Core: use decimal for rates and quantities, Money for amounts, and write 1.5m.",
            CoreFiles.SelectMany(f => f.Syntax.DescendantTokens()
                .Where(t => t.IsKind(SyntaxKind.DoubleKeyword) || t.IsKind(SyntaxKind.FloatKeyword) || t.Value is double or float
                    || (t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText is "Double" or "Half"))
                .Select(f.At)));

    [Fact]
    public void Core_has_no_clock() =>
        Forbid(
            "Clocks and the BCL's dates are banned in Core: take an Instant or a LocalDate of NodaTime as a parameter.",
            CoreFiles.SelectMany(f => f.Words(Clocks).Select(f.At)));

    [Fact]
    public void Core_waits_for_nothing() =>
        Forbid(
            "async, Task and files are banned in Core: load first, then call Core with what was loaded.",
            CoreFiles.SelectMany(f => f.Words("async", "await", "Task", "ValueTask", "File", "Directory", "Stream").Select(f.At)));

    [Fact]
    public void Core_has_no_public_setters() =>
        Forbid(
            "Public setters and fields are banned in Core: make it get-only, and change state in a method named after what happens.",
            typeof(RuleBroken).Assembly.GetExportedTypes().SelectMany(t => Setters(t).Concat(Fields(t)).Select(name => $"{t}.{name}")));

    [Fact]
    public void Only_money_rounds() =>
        Forbid(
            "MidpointRounding and decimal.Round are banned outside BackOffice.Core/Common/Money.cs: use Money.Rounded, once.",
            Product.Where(f => f.Path != "BackOffice.Core/Common/Money.cs")
                .SelectMany(f => f.Words("MidpointRounding").Select(f.At)
                    .Concat(f.Words("Round").Where(t => t.Parent?.Parent?.ToString() is "decimal.Round" or "Decimal.Round").Select(f.At))));

    [Fact]
    public void Every_price_has_a_stored_name() =>
        Forbid(
            "A price without a stored name cannot be saved: add it to PriceJson.Kinds, and never rename what is there.",
            typeof(Price).Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(Price)) && !PriceJson.Kinds.ContainsKey(t)).Select(t => t.Name));

    private static IEnumerable<string> Setters(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(p => p.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(p => p.Name);

    private static IEnumerable<string> Fields(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !f.IsSpecialName)
            .Select(f => f.Name);
}
