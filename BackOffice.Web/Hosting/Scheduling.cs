using BackOffice.Web.Features.Alerts;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Wallets;
using Quartz;

namespace BackOffice.Web.Hosting;

/// <summary>What happens without anybody asking.</summary>
/// <remarks>
/// Quartz only wakes us, every few minutes and once at start; it remembers nothing. What is planned and what was done stands in our own
/// tables, so a restart, a second server or a night slept through needs no thought here.
/// </remarks>
internal static class Scheduling
{
    public static void AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<RunWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RunWorker>());
        services.AddSingleton<TopUpWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<TopUpWorker>());
        services.AddQuartz(quartz => quartz.ScheduleJob<NightlyBillingJob>(trigger => trigger
            .WithIdentity("nightly-billing")
            .StartNow()
            .WithSimpleSchedule(TimeSpan.FromMinutes(1))));
        services.AddQuartz(quartz => quartz.ScheduleJob<WalletJob>(trigger => trigger
            .WithIdentity("wallets")
            .StartNow()
            .WithSimpleSchedule(TimeSpan.FromMinutes(10))));
        services.AddQuartz(quartz => quartz.ScheduleJob<AlertJob>(trigger => trigger
            .WithIdentity("alerts")
            .StartNow()
            .WithSimpleSchedule(TimeSpan.FromHours(1))));
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
    }
}
