using System.Globalization;
using System.Text.RegularExpressions;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>
/// Numbers of invoices in a row. Where a vector says in words, or not at all, how many were issued before, the words' number or the first
/// expected one tells where the counter stands; every further number is the engine's.
/// </summary>
internal static partial class Numbering
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [new("numbering", Numbers)];

    private static void Numbers(Vector vector, Check check)
    {
        var input = vector.Input;
        if (input["entities"].IsThere)
        {
            check.That("numbers", input["entities"].Members.SelectMany(entity => OfEntity(vector, entity.Name, entity.Value)).ToList());
        }
        else if (input["prefixes"].IsThere)
        {
            var issuers = input["prefixes"].Items.Select(prefix => new Issuer(new(prefix.Text, Mode(input)), 0)).ToList();
            var runs = Enumerable.Range(0, input["runs"].Whole);
            check.That("numbers", runs.SelectMany(_ => issuers.Select(issuer => issuer.Take(1, default))).ToList());
        }
        else if (vector.Expected["number"].IsThere)
        {
            var issuer = new Issuer(new(input["prefix"].Text, Mode(input)), input["issued_before_finalisation"].Minor);
            check.That("number", issuer.Take(1, Day(input["finalised_at"])));
        }
        else
        {
            OfOneCompany(vector, check);
        }
    }

    private static void OfOneCompany(Vector vector, Check check)
    {
        var (input, expected) = (vector.Input, vector.Expected["numbers"].Items);
        var issuer = new Issuer(new(input["prefix"].Text, Mode(input)), Before(vector));
        var runs = input["runs"].IsThere ? input["runs"].Items.Select(Day).ToList() : [Day(input["run"])];
        var customers = input["customers"].WholeOrNull ?? expected.Count;
        foreach (var member in input.Members.Where(member => IsSelfBilled(member.Value)))
        {
            issuer.SelfBilled.Add(
                int.Parse(member.Name.Split('_')[^1], CultureInfo.InvariantCulture), input["issued_before"]["self_billed"].Minor);
        }

        IEnumerable<string> Run(LocalDate day) => Enumerable.Range(1, customers).Select(customer => issuer.Take(customer, day)).ToList();
        check.That("numbers", expected[0].IsList ? runs.Select(Run).ToList() : runs.SelectMany(Run).ToList());
        check.IfExpected("january", () => Run(runs[^1].PlusMonths(1)));
        foreach (var (name, _) in vector.Expected.Members
            .Where(member => member.Name.StartsWith("next_invoice_of_customer_", StringComparison.Ordinal)))
        {
            check.That(name, issuer.Take(int.Parse(name.Split('_')[^1], CultureInfo.InvariantCulture), runs[^1].PlusMonths(1)));
        }
    }

    private static bool IsSelfBilled(Facts facts) =>
        facts.Element.ValueKind == System.Text.Json.JsonValueKind.String && facts.Text.Contains("self-billed", StringComparison.Ordinal);

    private static List<string> OfEntity(Vector vector, string name, Facts entity)
    {
        var input = vector.Input;
        var prefix = input[$"{name}_new_prefix"].TextOrNull ?? entity["prefix"].Text;
        var switched = input.Members.First(member => member.Name.EndsWith("_switched_at", StringComparison.Ordinal));
        var mode = switched.Name == $"{name}_switched_at" ? Other(Mode(entity)) : Mode(entity);
        var issuer = new Issuer(new(prefix, mode), entity["issued"].Minor);
        var customers = vector.Expected["numbers"].Items.Count(number => number.Text.StartsWith(prefix + "-", StringComparison.Ordinal));
        return [.. Enumerable.Range(1, customers).Select(customer => issuer.Take(customer, Day(switched.Value)))];
    }

    private static NumberingMode Other(NumberingMode mode) =>
        mode == NumberingMode.PerCompany ? NumberingMode.PerCustomer : NumberingMode.PerCompany;

    private static NumberingMode Mode(Facts facts) => facts["mode"].Text.Contains("per_billing_entity", StringComparison.Ordinal)
        ? NumberingMode.PerCompany
        : NumberingMode.PerCustomer;

    private static long Before(Vector vector)
    {
        var input = vector.Input;
        if (input["issued_before"]["normal"].IsThere)
        {
            return input["issued_before"]["normal"].Minor;
        }

        var written = Written().Match(input["mode"].Text);
        var first = vector.Expected["numbers"].Items[0];
        return written.Success
            ? long.Parse(written.Groups["count"].ValueSpan, CultureInfo.InvariantCulture)
            : long.Parse((first.IsList ? first.Items[0] : first).Text.Split('-')[^1], CultureInfo.InvariantCulture) - 1;
    }

    private static LocalDate Day(Facts facts) => facts.IsDay ? facts.Day : facts.Moment.InUtc().Date;

    [GeneratedRegex(@"(?<count>\d+) invoices", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();

    /// <summary>One company issuing to its customers; so many were issued to each customer, or by the company, before.</summary>
    private sealed class Issuer(InvoiceNumbering numbering, long before)
    {
        private readonly Dictionary<int, long> _customers = [];
        private readonly long _before = before;
        private long _company = before;

        public Dictionary<int, long> SelfBilled { get; } = [];

        public string Take(int customer, LocalDate day)
        {
            var isSelfBilled = SelfBilled.TryGetValue(customer, out var billedBefore);
            var ofCustomer = _customers.GetValueOrDefault(
                customer, isSelfBilled ? billedBefore : numbering.Mode == NumberingMode.PerCustomer ? _before : 0);
            var number = numbering.Next(customer, new IssuedCount(ofCustomer, _company), day, isSelfBilled);
            _customers[customer] = ofCustomer + 1;
            _company += isSelfBilled ? 0 : 1;
            return number;
        }
    }
}
