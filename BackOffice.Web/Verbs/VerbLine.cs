using System.CommandLine;

namespace BackOffice.Web.Verbs;

/// <summary>The executable as the operator's tool: the verbs it knows and how a command line becomes one of them.</summary>
internal static class VerbLine
{
    public const int Refused = 1;
    public const int BadUsage = 2;

    /// <summary>False for the server: no argument at all, "serve", or only settings such as --urls.</summary>
    public static bool IsVerb(string[] args) => args is [var first, ..] && (Asks(first) || (first != "serve" && !first.StartsWith('-')));

    /// <summary>Exit code 0: done, 1: refused with a sentence on the error stream, 2: bad usage.</summary>
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        await Console.Error.WriteLineAsync($"See: BackOffice.Web {string.Join(' ', args.TakeWhile(arg => !arg.StartsWith('-')))} --help");
        return BadUsage;
    }

    private static bool Asks(string first) => first is "--help" or "-h" or "-?" or "--version";

    private static RootCommand Root() =>
        new("BackOffice: usage-based billing. Without a verb it starts the server on the address of appsettings.json.")
        {
            new Command("serve", "Starts the server. The same as no verb at all."),
            OperationVerbs.Migrate(),
            OperationVerbs.Health(),
            OperationVerbs.Verify(),
            new Command("user", "People who sign in.") { SetupVerbs.AddUser() },
            new Command("key", "Keys of programs that use the API.") { ApiVerbs.AddKey(), ApiVerbs.RevokeKey() },
            new Command("demo", "The demo company.") { SetupVerbs.SeedDemo() },
            new Command("catalog", "Company, taxes, metrics, plans, customers, subscriptions.") 
            {
                SetupVerbs.ImportCatalog(), SetupVerbs.ExportCatalog(),
            },
            new Command("usage", "Usage files.") { UsageVerbs.Import() },
            new Command("billing", "Billing runs.") { BillingVerbs.Preview(), BillingVerbs.Run() },
            new Command("invoices", "Invoices.")
            {
                InvoiceVerbs.List(), InvoiceVerbs.Approve(), InvoiceVerbs.Issue(), InvoiceVerbs.Pdf(),
            },
        };
}
