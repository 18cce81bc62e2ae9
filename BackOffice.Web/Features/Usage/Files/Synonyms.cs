using System.Globalization;
using System.Text;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>What columns are called in the wild, as snake_case words.</summary>
internal static class Synonyms
{
    internal static readonly string[] Subscription =
    [
        "subscription", "subscription_code", "subscription_id", "external_subscription_id", "sub", "sub_id", "contract", "contract_id",
        "customer", "customer_code", "customer_id", "external_customer_id", "account", "account_code", "account_id",
        "tenant", "tenant_id", "client", "client_id", "organization", "organization_id", "organisation", "organisation_id", "org", "org_id",
    ];

    internal static readonly string[] TransactionId =
    [
        "transaction_id", "event_id", "idempotency_key", "request_id", "id", "uuid", "guid", "unique_id", "txn_id", "message_id",
        "record_id", "trace_id",
    ];

    internal static readonly string[] EventName =
        ["event_name", "event", "event_type", "event_code", "metric_code", "metric", "meter", "meter_name", "code", "type"];

    private static readonly string[] Time =
    [
        "timestamp", "time", "datetime", "date_time", "date", "ts", "at", "when", "event_time", "event_timestamp", "occurred_at",
        "created_at", "usage_date", "usage_time", "start_time", "started_at", "start",
    ];

    private static readonly string[] TimeWords = ["timestamp", "time", "datetime", "date", "ts"];

    /// <summary>The first word of each group stands for the others.</summary>
    private static readonly string[][] Groups =
    [
        ["input", "context", "prompt", "in"],
        ["output", "generated", "completion", "generation", "out"],
        ["tokens", "token", "tok"],
        ["quantity", "qty", "count", "amount", "units", "unit", "value", "usage", "number"],
        ["calls", "call", "requests", "request", "req"],
        ["bytes", "byte"],
        ["gigabytes", "gigabyte", "gb"],
        ["seconds", "second", "secs", "sec"],
        ["minutes", "minute", "mins", "min"],
        ["hours", "hour", "hrs", "hr"],
        ["storage", "disk"],
        ["users", "user", "seats", "seat"],
    ];

    internal static bool IsTime(string column)
    {
        var name = Snake(column);
        return Time.Contains(name) || name.Split('_').Any(word => TimeWords.Contains(word));
    }

    internal static bool IsQuantity(string column) => Groups[3].Contains(Snake(column));

    /// <summary>ContextTokens, "context tokens" and CONTEXT-TOKENS are context_tokens; HTTPStatus is http_status.</summary>
    internal static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsLetterOrDigit(name[i]))
            {
                Break(snake);
                continue;
            }

            var startsWord = char.IsUpper(name[i]) && i > 0
                && (char.IsLower(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                Break(snake);
            }

            snake.Append(char.ToLower(name[i], CultureInfo.InvariantCulture));
        }

        return snake.ToString().Trim('_');
    }

    /// <summary>The words of a name with synonyms replaced, for comparing as sets.</summary>
    internal static HashSet<string> Words(string name) => Snake(name)
        .Split('_', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Groups.FirstOrDefault(group => group.Contains(word))?[0] ?? word)
        .ToHashSet(StringComparer.Ordinal);

    private static void Break(StringBuilder snake)
    {
        if (snake.Length > 0 && snake[^1] != '_')
        {
            snake.Append('_');
        }
    }
}
