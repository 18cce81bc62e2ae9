using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BackOffice.Core.Common;
using BackOffice.Data;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static BackOffice.Web.Tests.Architecture.Sources;

namespace BackOffice.Web.Tests.Architecture;

/// <summary>Who may know whom. The rules stand in STYLE.md.</summary>
public class DependencyTests
{
    private static readonly Assembly CoreAssembly = typeof(RuleBroken).Assembly;
    private static readonly Assembly DataAssembly = typeof(BackOfficeDb).Assembly;

    private static readonly string[] OfTheHost = ["Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Components", "MudBlazor", "Quartz"];

    // The web SDK imports some of the host's namespaces everywhere, so the types are looked for by name as well.
    private static readonly string[] TypesOfTheHost =
        ["HttpContext", "IHttpContextAccessor", "IFormFile", "NavigationManager", "ISnackbar", "IDialogService", "IJSRuntime"];

    private static readonly string[] Edges = ["Api.cs", "Job.cs", ".razor.cs", "Endpoints.cs", "Verbs.cs"];

    [Fact]
    public void Core_depends_on_the_base_class_library_and_nodatime_and_nothing_else() =>
        Forbid(
            "BackOffice.Core holds the rules and knows no package but NodaTime: move what needs another one to Data or Web.",
            References(CoreAssembly).Where(name => name != "NodaTime" && !name.StartsWith("System", StringComparison.Ordinal))
                .Concat(Regex.Matches(All.Single(f => f.Name == "BackOffice.Core.csproj").Text, "Reference Include=\"([^\"]+)\"")
                    .Select(m => m.Groups[1].Value).Where(name => name != "NodaTime")));

    [Fact]
    public void Data_knows_nothing_of_the_edges() =>
        Forbid(
            "BackOffice.Data maps and stores: pages, schedules and requests belong to BackOffice.Web.",
            References(DataAssembly).Where(name => name is "BackOffice.Web" or "MudBlazor" or "Quartz"
                || name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal)));

    [Fact]
    public void Use_cases_know_nothing_of_the_host() =>
        Forbid(
            "A use case is called by pages, the API, jobs and verbs alike: take what it needs as a parameter, "
            + "and leave requests, components and schedules to *Api.cs, *.razor, *Job.cs, *Endpoints.cs and *Verbs.cs.",
            UseCaseFiles().SelectMany(f => f.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
                .Where(u => OfTheHost.Any(host => $"{u.NamespaceOrType}.".StartsWith(host + ".", StringComparison.Ordinal)))
                .Select(u => $"{f.At(u)} {u}")
                .Concat(f.Words(TypesOfTheHost).Select(f.At))));

    [Fact]
    public void Pages_endpoints_and_jobs_do_not_save() =>
        Forbid(
            "SaveChanges is banned at the edges: call a use case, which holds the transaction, the permission and the audit line.",
            All.Where(f => f.Name.EndsWith(".razor", StringComparison.Ordinal) || IsEdge(f))
                .Where(f => f.Text.Contains("SaveChanges", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void A_use_case_needs_at_most_five_things() =>
        Forbid(
            "A constructor with more than five parameters does several things: split the class, or move a decision into Core.",
            typeof(Program).Assembly.GetTypes()
                .Where(t => t.Namespace?.StartsWith("BackOffice.Web.Features", StringComparison.Ordinal) == true)
                .Where(t => t.GetMethod("<Clone>$") is null && !t.IsDefined(typeof(CompilerGeneratedAttribute), false))
                .SelectMany(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(c => c.GetParameters().Length > 5)
                .Select(c => $"{c.DeclaringType}: {c.GetParameters().Length} parameters"));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<SourceFile> UseCaseFiles() => FeatureFiles.Where(f => !IsEdge(f));

    private static bool IsEdge(SourceFile file) => !file.IsTest && Edges.Any(edge => file.Name.EndsWith(edge, StringComparison.Ordinal));
}
