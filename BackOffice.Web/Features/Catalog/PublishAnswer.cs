using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>That a version is to be published.</summary>
/// <param name="EffectiveFrom">The first day on which new subscriptions get it; null for at once.</param>
public sealed record PublishAnswer(LocalDate? EffectiveFrom);
