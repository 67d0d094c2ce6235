using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Tests.Rules;

internal static class Given
{
    public static RuleSet Rules(
        string id = "r1",
        string exclusivity = "P1M",
        string from = "2024-03-31T16:00:00Z",
        string? until = null
    ) =>
        new()
        {
            Id = id,
            Name = id,
            StartsAt = DateTimeOffset.Parse(from),
            EndsAt = until is null ? null : DateTimeOffset.Parse(until),
            ReportThresholds = [new Money(1_000_000_000m, "CNY"), new Money(100_000_000m, "USD")],
            Exclusivity = IsoDuration.Parse(exclusivity),
            ExtensionsMax = 0,
            Extension = IsoDuration.Parse("P1M"),
            ContactMaxAge = IsoDuration.Parse("P90D"),
            Verification = [Stage.Signed, Stage.Registered, Stage.Started],
            NoticePeriod = IsoDuration.Parse("P7D"),
            NoticeEnforcement = Enforcement.Flag,
            CreditMode = CreditMode.BothFull,
            CreditStage = Stage.Registered,
            MaxTransfers = 1,
            TransferAcceptance = IsoDuration.Parse("P5D"),
            Coordination = [new Money(5_000_000_000m, "CNY")],
            LeaderLink = new LeaderLink(new Money(500_000_000m, "CNY")),
            Lights = new IdleLights(
                new IdleLimits(IsoDuration.Parse("P2M"), IsoDuration.Parse("P3M"), IsoDuration.Parse("P6M")),
                new IdleLimits(IsoDuration.Parse("P3M"), IsoDuration.Parse("P6M")),
                new IdleLimits(IsoDuration.Parse("P3M"), IsoDuration.Parse("P12M"))
            ),
            Rates =
            [
                new YearlyRate(2024, "USD", 7m),
                new YearlyRate(2024, "EUR", 7.7m),
                new YearlyRate(2026, "EUR", 8m),
            ],
            MatchingHorizon = IsoDuration.Parse("P24M"),
            Reactivation = IsoDuration.Parse("P12M"),
        };
}
