using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>An invoice as the list shows it.</summary>
public sealed record InvoiceRow(
    InvoiceId Id, string? Number, string CustomerName, string? CustomerCode, Period Period, LocalDate? IssuedOn, LocalDate? DueOn,
    InvoiceStatus Status, Money Net, Money Tax, Money Total);

/// <summary>What the list is asked for.</summary>
/// <param name="Status">Null for all.</param>
/// <param name="Text">A part of the number, or of the customer's name or code.</param>
/// <param name="Page">1 is the first.</param>
public sealed record InvoiceFilter(InvoiceStatus? Status, string? Text, int Page = 1);

/// <summary>Sums of what a filter matches, in one currency.</summary>
public sealed record InvoiceSum(int Invoices, Money Net, Money Tax, Money Total);

/// <summary>One page of the list, and the sums of all pages.</summary>
public sealed record InvoiceList(IReadOnlyList<InvoiceRow> Rows, IReadOnlyList<InvoiceSum> Sums)
{
    public int All => Sums.Sum(sum => sum.Invoices);
}

/// <summary>A line as the paper shows it.</summary>
public sealed record LineView(
    int Position, LineKind Kind, string SubscriptionCode, string PlanName, int PlanVersion, string Name, Period Period, string? MetricCode,
    string? Unit, decimal Quantity, long Events, long EventsWithoutValue, string PriceInWords, IReadOnlyList<PriceStep> Steps,
    decimal ExactAmount, Money Amount)
{
    /// <summary>Which usage it is, where a charge is split by filters or groups; null for all of it.</summary>
    public string? Detail { get; init; }

    public static LineView Of(InvoiceLine line) => new(
        line.Position, line.Kind, line.SubscriptionCode, line.PlanName, line.PlanVersion, line.Name, line.Period, line.MetricCode,
        line.Unit, line.Quantity, line.Events, line.EventsWithoutValue, line.PriceInWords, line.Steps, line.ExactAmount, line.Amount)
    {
        Detail = InvoiceText.Detail(line.Filter, line.Group),
    };

    public static LineView Of(RatedLine line, int position) => new(
        position, line.Kind, line.SubscriptionCode, line.PlanName, line.PlanVersion, line.Name, line.Period, line.MetricCode,
        line.Unit, line.Quantity, line.Events, line.EventsWithoutValue, line.PriceInWords, line.Steps, line.ExactAmount, line.Amount)
    {
        Detail = InvoiceText.Detail(line.Filter, line.Group),
    };
}

/// <summary>A tax as the paper shows it.</summary>
public sealed record TaxView(string Name, bool IsCharged, decimal Percent, Money Base, Money Tax)
{
    /// <summary>"VAT 19 % on 148.31 USD", or why there is none.</summary>
    public string Label => IsCharged ? $"{Name} {Shared.MoneyText.Percent(Percent)}" : Name;
}

/// <summary>A discount, or what pays before the customer does.</summary>
public sealed record AmountView(string Label, Money Amount);

/// <summary>Something that was done to an invoice.</summary>
/// <param name="Remark">A comment or a reason, where one was given.</param>
public sealed record TimelineStep(string Action, string Who, Instant At, string? Remark);

/// <summary>An invoice as its page shows it.</summary>
/// <param name="Revision">What the reader sees; an approval is for this and nothing newer.</param>
/// <param name="IsMine">The reader prepared it and so may not approve it.</param>
/// <param name="Zone">The company's zone, in which the timeline tells its times.</param>
public sealed record InvoiceView(
    InvoiceId Id, int Revision, InvoiceStatus Status, string? Number, Period Period, string ZoneId, LocalDate? IssuedOn, LocalDate? DueOn,
    int PaymentDays, Party Seller, Party Buyer, string? TaxNote, Money Subtotal, Money Tax, Money Total, IReadOnlyList<LineView> Lines,
    IReadOnlyList<TaxView> Taxes, string? ReturnComment, bool IsMine, InvoiceOrigin? Run, IReadOnlyList<TimelineStep> Timeline,
        DateTimeZone Zone)
{
    /// <summary>What is taken off before tax.</summary>
    public IReadOnlyList<AmountView> Discounts { get; init; } = [];

    /// <summary>What credit notes and wallets pay.</summary>
    public IReadOnlyList<AmountView> Settlements { get; init; } = [];

    /// <summary>What the customer is asked to pay.</summary>
    public Money Due { get; init; } = Total;

    /// <summary>Null while it stands.</summary>
    public Withdrawal? Voided { get; init; }

    /// <summary>The wallet whose credits it sells; null for what subscriptions owe.</summary>
    public SoldCredits? Sells { get; init; }

    /// <summary>See <see cref="Invoice.IsProgressive"/>.</summary>
    public bool IsProgressive { get; init; }

    public string Title => Number is null ? $"Draft for {Buyer.Name}" : $"Invoice {Number}";

    public bool IsIssued => Status == InvoiceStatus.Issued;

    public bool IsOpen => Number is null;
}

/// <summary>The credits an invoice sells.</summary>
/// <param name="Wallet">The wallet they are for.</param>
/// <param name="Status">Whether they are there.</param>
public sealed record SoldCredits(Guid Wallet, string Name, GrantStatus Status);

/// <summary>The run that made an invoice.</summary>
public sealed record InvoiceOrigin(BillingRunId Id, long Number, string StartedBy, Instant StartedAt);
