using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.LeaderLinks;

/// <summary>How a leader is linked to a project (R80).</summary>
public enum LeaderRole
{
    /// <summary>Answers for it; one a project.</summary>
    Lead,

    /// <summary>Helps.</summary>
    Co,
}

/// <summary>Whether a link stands.</summary>
public enum LinkStatus
{
    Active,
    Closed,
}

/// <summary>Why a link was closed (销号, R82); the last is a replacement's.</summary>
public enum LinkEnd
{
    /// <summary>The project reached the stage for which credit is given.</summary>
    Landed,
    WeakIntent,
    Terminated,

    /// <summary>The project is below the size from which on leaders are linked.</summary>
    BelowThreshold,
    LeaderLeft,

    /// <summary>Another leader took it over.</summary>
    Replaced,
}

/// <summary>Where a batch of links stands (R81).</summary>
public enum BatchStatus
{
    Draft,
    Issued,
}

/// <summary>A project as far as links go.</summary>
/// <param name="Total">Its total investment; null: not known.</param>
/// <param name="Landed">Whether it reached the stage for which credit is given.</param>
public sealed record LinkableProject(Stage Stage, Money? Total, bool Landed);

/// <summary>Links of leaders to projects (市领导挂联, R80–R83).</summary>
public static class LeaderRules
{
    /// <summary>Whether a project is of the size from which on leaders are linked, at the rates of a year; what is not known is not.</summary>
    public static bool ReachesSize(Money? total, RuleSet rules, int year) =>
        total is { } amount
        && rules.ToCny(amount, year) is { } cny
        && rules.ToCny(rules.LeaderLink.From, year) is { } from
        && cny >= from;

    /// <summary>Whether a project may be linked: of that size, and before production (R80).</summary>
    public static bool IsEligible(LinkableProject project, RuleSet rules, int year) =>
        project.Stage is Stage.InTalks or Stage.Signed or Stage.Registered or Stage.Started
        && ReachesSize(project.Total, rules, year);

    /// <summary>Which level's leaders a project of this size is for; null: no tier says.</summary>
    public static string? LevelOf(Money? total, RuleSet rules, int year)
    {
        if (total is not { } amount || rules.ToCny(amount, year) is not { } cny)
            return null;
        return rules
            .LeaderTiers.FirstOrDefault(tier =>
                cny >= rules.ToCny(tier.From, year) && (tier.To is not { } to || cny < rules.ToCny(to, year))
            )
            ?.Level;
    }

    /// <summary>Whether a link may be closed for this reason: what facts say must be so; whether intent is weak or a leader has left is the centre's to say (R82).</summary>
    public static bool MayClose(LinkEnd reason, LinkableProject project, RuleSet rules, int year) =>
        reason switch
        {
            LinkEnd.Landed => project.Landed,
            LinkEnd.Terminated => project.Stage == Stage.Terminated,
            LinkEnd.BelowThreshold => project.Total is not null && !ReachesSize(project.Total, rules, year),
            LinkEnd.WeakIntent or LinkEnd.LeaderLeft => true,
            _ => false,
        };

    /// <summary>The first day on which the next batch may be issued: at most one a month (R81); null: at once.</summary>
    public static DateOnly? NextIssueOn(DateOnly? lastIssuedOn, DateOnly today) =>
        lastIssuedOn is { } last && (last.Year, last.Month) == (today.Year, today.Month)
            ? new DateOnly(today.Year, today.Month, 1).AddMonths(1)
            : null;

    /// <summary>The day from which on a link counts among those without a contact of its leader (R83).</summary>
    public static DateOnly ContactDueOn(DateOnly since, DateOnly? lastContactOn, RuleSet rules) =>
        rules.LeaderContact.After(lastContactOn > since ? lastContactOn.Value : since);

    /// <summary>The share of projects ever linked that landed (R82), unrounded; null where none was ever linked.</summary>
    public static decimal? LandingRate(long landed, long everLinked) =>
        everLinked == 0 ? null : (decimal)landed / everLinked;
}
