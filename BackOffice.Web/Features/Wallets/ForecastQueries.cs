using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>What wallets will be worth when all usage is paid.</summary>
/// <param name="Trouble">Why the usage could not be added up, as a sentence; null when it could.</param>
/// <param name="At">When it was added up; later usage is not in it.</param>
public sealed record ForecastView(
    IReadOnlyDictionary<WalletId, OngoingView> Wallets, IReadOnlyList<UnbilledLine> Lines, Instant At, string? Trouble = null);

/// <summary>The ongoing balance of a wallet and how it comes about.</summary>
/// <param name="Drafts">What invoices that are not issued will take.</param>
/// <param name="Usage">What usage that no invoice holds yet will take, with tax.</param>
/// <param name="Ongoing">What is there less both; below zero when it will not suffice.</param>
public sealed record OngoingView(Money Balance, Money Drafts, Money Usage, Money Ongoing);

/// <summary>Adds up for pages what is used and not billed yet.</summary>
public sealed class ForecastQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <summary>Events of one subscription that a page reads one by one, where a price asks for single events.</summary>
    private const long AtMost = 200_000;

    /// <summary>The forecast of a customer's live wallets.</summary>
    public async Task<ForecastView> Of(CustomerId customer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetCurrentInstant();
        try
        {
            var forecast = await WalletForecast.Of(db, customer, now, AtMost, cancel);
            var wallets = (await db.LiveWallets(customer, cancel)).ToDictionary(w => w.Id, w => View(w, forecast));
            return new ForecastView(wallets, forecast.Lines, now);
        }
        catch (Exception refused) when (refused is RuleBroken or ArithmeticException)
        {
            var sentence = refused is RuleBroken ? refused.Message : "The figures are too large to be computed to the last digit.";
            return new ForecastView(new Dictionary<WalletId, OngoingView>(), [], now, sentence);
        }
    }

    private static OngoingView View(Wallet wallet, WalletForecast forecast) => new(
        wallet.BalanceAt(forecast.At), forecast.Drafts(wallet), forecast.Usage(wallet), forecast.Ongoing(wallet).Ongoing);
}
