using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Land;

/// <summary>What speaks for a project on a parcel and against it, and what nobody knows (R132). Nothing follows from it by itself.</summary>
public record FitView
{
    /// <summary>Whether it fits: nothing is against it, and area, class and intensity are known; absent: nothing is against it, but one of these is not known.</summary>
    public bool? Fits { get; init; }
    public required IReadOnlyList<LandReason> For { get; init; }
    public required IReadOnlyList<LandReason> Against { get; init; }
    public required IReadOnlyList<LandFitBy> Unknown { get; init; }
}

/// <summary>A parcel as it fits a project.</summary>
public sealed record ParcelFitView : FitView
{
    public required ParcelView Parcel { get; init; }
}

/// <summary>A project as it fits a parcel, one that the caller may judge.</summary>
public sealed record ProjectFitView : FitView
{
    public required ParcelProject Project { get; init; }
    public required UnitRef Owner { get; init; }
    public required Stage Stage { get; init; }
    public decimal? LandMu { get; init; }
}

/// <summary>Fits, the best first.</summary>
public sealed record FitPage<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Whether there was more than was looked at.</summary>
    public required bool Incomplete { get; init; }
}

/// <summary>Judges projects against parcels (R132).</summary>
public static class ReadFits
{
    /// <summary>So many are looked at, the latest: what is judged must not grow with the library.</summary>
    private const int Most = 300;

    internal sealed record Judgement(IReadOnlyList<(ParcelRow Row, LandFit Fit)> Items, bool Incomplete);

    public static Task<IResult> OfProject(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await Judged(session, call.Caller, id) is not { } project)
                return (Reply)Refusal.NotFound;
            var rules = await ruleBooks.Current(session);
            var judged = await Of(session, call.Caller, project, rules);
            return Reply.Plain(
                new FitPage<ParcelFitView>
                {
                    Items =
                    [
                        .. judged.Items.Select(one => new ParcelFitView
                        {
                            Parcel = one.Row.View(call.Caller, rules.LandOffer),
                            Fits = one.Fit.Fits,
                            For = one.Fit.For,
                            Against = one.Fit.Against,
                            Unknown = one.Fit.Unknown,
                        }),
                    ],
                    Incomplete = judged.Incomplete,
                }
            );
        });

    /// <summary>The project, if the caller may judge it: its unit, and who reads the city.</summary>
    internal static async Task<ProjectRow?> Judged(Session session, Caller caller, string id) =>
        await LoadProject.For(session, caller, id) is { } project
        && Permissions.Allows(caller, Act.ReadFits, project.RelationOf(caller))
            ? project
            : null;

    /// <summary>How the parcels that are free, as far as the caller may know, fit a project; also the one that it is negotiating about.</summary>
    internal static async Task<Judgement> Of(Session session, Caller caller, ProjectRow project, RuleSet rules)
    {
        var rows = await session.Query<ParcelRow>(
            $"{ParcelRow.Select} WHERE (({ParcelRow.StatusIn(caller)} IN ('reserve', 'offered')) OR (l.project_id = @projectId AND l.status = 'negotiating' AND {ParcelRow.TalksOpen(caller)})) ORDER BY l.seq DESC {{page}}",
            new
            {
                projectId = project.Id,
                mine = caller.Unit ?? "",
                me = caller.UserId,
                limit = Most + 1,
            }
        );
        var fitted = Fitted(project.Body(), project.Total, rules, session.Today);
        return new Judgement(
            [
                .. rows.Take(Most)
                    .Select(row => (Row: row, Fit: LandFit.Of(fitted, row.Fitted())))
                    .OrderByDescending(one => one.Fit.Rank)
                    .ThenBy(one => one.Row.Area)
                    .ThenBy(one => one.Row.Seq),
            ],
            rows.Count > Most
        );
    }

    public static Task<IResult> OfParcel(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            if (await ParcelRow.ById(session, caller, id) is not { } parcel)
                return (Reply)Refusal.NotFound;
            var rules = await ruleBooks.Current(session);
            var (candidates, incomplete) = await CandidateProjects.Latest(session, caller);
            var fits = candidates
                .Select(one =>
                {
                    var body = one.Body;
                    return (
                        One: one,
                        body.LandMu,
                        Fit: LandFit.Of(Fitted(body, one.Total, rules, session.Today), parcel.Fitted())
                    );
                })
                // Among equals the latest first, never by codes: those are drawn at random.
                .OrderByDescending(each => each.Fit.Rank);
            return Reply.Plain(
                new FitPage<ProjectFitView>
                {
                    Items =
                    [
                        .. fits.Select(each => new ProjectFitView
                        {
                            Project = new ParcelProject(each.One.Id, each.One.Code, each.One.Name),
                            Owner = new UnitRef(each.One.OwnerId, each.One.OwnerName),
                            Stage = Slug.To<Stage>(each.One.Stage),
                            LandMu = each.LandMu,
                            Fits = each.Fit.Fits,
                            For = each.Fit.For,
                            Against = each.Fit.Against,
                            Unknown = each.Fit.Unknown,
                        }),
                    ],
                    Incomplete = incomplete,
                }
            );
        });

    private static FitProject Fitted(ProjectBody body, Money? total, RuleSet rules, DateOnly today) =>
        new(
            body.LandMu,
            body.IndustryCode,
            Industries.IsManufacturing(body.IndustryCode),
            Yuan(total, rules, today),
            Yuan(body.AnnualOutput, rules, today),
            Yuan(body.AnnualTax, rules, today),
            body.PlannedStartOn,
            body.ProvincialZone
        );

    private static decimal? Yuan(Money? money, RuleSet rules, DateOnly today) =>
        money is { } known ? rules.In("CNY", known, today) : null;
}
