using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>A rule set with its period: dates of the city's calendar, both included.</summary>
public sealed record RuleSetView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required DateOnly EffectiveFrom { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>First instant it is in force.</summary>
    public required DateTimeOffset StartsAt { get; init; }
    public required IReadOnlyList<Money> ReportThresholds { get; init; }
    public required IsoDuration Exclusivity { get; init; }
    public required int ExtensionsMax { get; init; }
    public required IsoDuration Extension { get; init; }
    public required IsoDuration ContactMaxAge { get; init; }
    public required IReadOnlyList<Stage> Verification { get; init; }
    public required IsoDuration NoticePeriod { get; init; }
    public required Enforcement NoticeEnforcement { get; init; }
    public required CreditMode CreditMode { get; init; }
    public required Stage CreditStage { get; init; }
    public required int MaxTransfers { get; init; }
    public required IsoDuration TransferAcceptance { get; init; }
    public required IReadOnlyList<Money> Coordination { get; init; }
    public required LeaderLink LeaderLink { get; init; }
    public required IdleLights Lights { get; init; }
    public required IReadOnlyList<YearlyRate> Rates { get; init; }

    /// <summary>The years of its period, up to now, of which no rate is kept: the rates of earlier years stand in.</summary>
    public required IReadOnlyList<int> YearsWithoutRates { get; init; }
    public required IsoDuration MatchingHorizon { get; init; }
    public required IsoDuration Reactivation { get; init; }
    public required DisputeRules Disputes { get; init; }

    /// <summary>From which size on a signing notice is due (R30); empty: the report thresholds.</summary>
    public required IReadOnlyList<Threshold> NoticeThresholds { get; init; }

    /// <summary>How long the centre has to decide on an accepted transfer, in working days (R43a).</summary>
    public required IsoDuration TransferDecision { get; init; }

    /// <summary>Credit modes by indicator (R44); what is not named goes by `creditMode`.</summary>
    public required IReadOnlyList<CreditRule> Credit { get; init; }
    public required CapitalRules Capital { get; init; }

    /// <summary>Rates to the dollar by month, for capital (C7).</summary>
    public required IReadOnlyList<MonthlyRate> UsdRates { get; init; }

    /// <summary>The times of problems, in working days (R70, R71).</summary>
    public required ProblemTimes Problems { get; init; }

    /// <summary>Which level's leaders projects of a size are for (R80).</summary>
    public required IReadOnlyList<LeaderTier> LeaderTiers { get; init; }

    /// <summary>After how long without a contact of its leader a linked project is listed (R83).</summary>
    public required IsoDuration LeaderContact { get; init; }

    /// <summary>Which part of land, energy, emission rights and major projects goes to provincial zones (R117): 0.70 is 70 %.</summary>
    public required decimal ElementsShare { get; init; }
    public required IsoDuration ReportCompletion { get; init; }

    /// <summary>By what referrers are rewarded (R136); absent: they are not.</summary>
    public Domain.Referrers.ReferralScheme? Referral { get; init; }

    /// <summary>From how many mu in one piece land stands on the lists of land (R132).</summary>
    public required Domain.Land.LandOffer LandOffer { get; init; }

    /// <summary>How long is kept what no rule needs for ever; what is absent is kept for ever.</summary>
    public required Retention Retention { get; init; }
    public required long Version { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }

    public static RuleSetView Of(RuleSetRow row, RuleSetBody body, Caller caller, DateTimeOffset now)
    {
        var rules = body.ToRules(row.Id, row.StartsAt, row.EndsAt);
        return RuleSetMembers.Copy<RuleSetView>(body.Complete()) with
        {
            Id = row.Id,
            EffectiveFrom = row.EffectiveFrom,
            EffectiveTo = row.EndsAt is { } end ? Shanghai.DateOf(end.AddMilliseconds(-1)) : null,
            StartsAt = row.StartsAt,
            YearsWithoutRates = WithoutRates(rules, row, now),
            Version = row.Version,
            AllowedActions = row.StartsAt > now && Permissions.Allows(caller, Act.ManageRuleSets) ? ["edit"] : [],
        };
    }

    private static List<int> WithoutRates(RuleSet rules, RuleSetRow row, DateTimeOffset now)
    {
        var today = Shanghai.DateOf(now);
        var last =
            row.EndsAt is { } end && Shanghai.DateOf(end.AddMilliseconds(-1)) is var day && day < today ? day : today;
        var first = row.EffectiveFrom.Year;
        return [.. Enumerable.Range(first, Math.Max(1, last.Year - first + 1)).Where(year => !rules.HasRatesOf(year))];
    }
}
