using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;

namespace Pipeline.Store.Projects;

/// <summary>Something substantive happened with a project (R90).</summary>
public sealed record ProgressRecorded(string ProjectId) : IDomainEvent;

/// <summary>Keeps with each project the days on which its light turns, as <see cref="Lights"/> says, by which the notice of its signing is due, and for which its next step is planned, so that lists find and totals count it on any day without judging it again.</summary>
public static class KeepLights
{
    /// <summary>Judges some projects anew, after something that their lights depend on changed. The caller holds their locks.</summary>
    public static async Task Of(Session session, RuleBook book, params IReadOnlyList<string> ids)
    {
        foreach (var row in await Load(session, ids))
        {
            var rules = book.At(session.Now);
            var days = Lights.Days(await Facts(session, book, row), rules.Lights);
            var body = Json.Read<ProjectBody>(row.Facts);
            var (noticeBy, planOn) = (NoticeBy(body, row.At, rules), PlanOn(body, row.At));
            var light = days.On(session.Today);
            if (Slug.Of(light) != row.LightTold)
            {
                await session.Execute(SetTold, new { id = row.Id, light = Slug.Of(light) });
                await session.Raise(new LightTurned(row.Id, light));
            }

            if (days == row.Kept && noticeBy == row.NoticeBy && planOn == row.PlanOn)
                continue;
            await StageTotals.Changing(session, row.Id);
            await session.Execute(
                Update,
                new
                {
                    id = row.Id,
                    yellowOn = days.YellowOn,
                    redOn = days.RedOn,
                    removalOn = days.RemovalOn,
                    noticeBy,
                    planOn,
                }
            );
        }
    }

    /// <summary>The days of a project that is about to be stored: nothing was paid in yet, or of a backfilled one that is not known.</summary>
    public static LightDays OfEntering(
        ProjectBody body,
        Stage stage,
        StageDates dates,
        DateOnly? idleSince,
        bool isBackfilled,
        RuleSet rules
    ) =>
        Lights.Days(
            new LitProject(
                stage,
                idleSince,
                body.PlannedStartOn,
                dates.Started,
                body.PlannedProductionOn,
                isBackfilled ? null : 0m,
                body.TotalInvestment?.Amount
            ),
            rules.Lights
        );

    /// <summary>The last day on which the notice of a project's planned signing would be in time (R30); null where none is planned or none is needed.</summary>
    public static DateOnly? NoticeBy(ProjectBody body, Stage stage, RuleSet rules) =>
        stage == Stage.InTalks ? SigningNotices.FileBy(body.PlannedSigningOn, body.TotalInvestment, rules) : null;

    /// <summary>The day for which a project's next step is planned.</summary>
    public static DateOnly? PlanOn(ProjectBody body, Stage stage) =>
        PlannedSteps.Next(stage, body.PlannedSigningOn, body.PlannedStartOn, body.PlannedProductionOn)?.On;

    /// <summary>What the lights of one project are judged by, for telling why they are what they are.</summary>
    public static async Task<LitProject> FactsOf(Session session, RuleBook book, string id) =>
        await Facts(session, book, (await Load(session, [id]))[0]);

    private static Task<List<Row>> Load(Session session, IReadOnlyList<string> ids) =>
        session.Query<Row>(Select, new { ids });

    private static async Task<LitProject> Facts(Session session, RuleBook book, Row row)
    {
        var body = Json.Read<ProjectBody>(row.Facts);
        var total = body.TotalInvestment;
        return new LitProject(
            row.At,
            Later(row.IdleSince, row.LastProgressOn),
            body.PlannedStartOn,
            row.StartedOn,
            body.PlannedProductionOn,
            row.At == Stage.Started && total is { } money ? await PaidIn(session, book, row, money.Currency) : null,
            total?.Amount
        );
    }

    private static DateOnly? Later(DateOnly? entered, DateOnly? progress) =>
        entered is null ? null
        : progress > entered ? progress
        : entered;

    /// <summary>What was verified as paid in; null where a part of it has no rate, and where nothing was entered for a project that came from a register: it may have been paid before.</summary>
    private static async Task<decimal?> PaidIn(Session session, RuleBook book, Row row, string currency)
    {
        var entries = await session.Query<Entry>(SelectPaid, new { id = row.Id });
        if (entries.Count == 0)
            return row.ImportId is null ? 0m : null;
        decimal sum = 0;
        foreach (var entry in entries)
        {
            var paid = Money.FromHundredths(entry.Amount, entry.Currency);
            if (book.ById(entry.RuleSetId).In(currency, paid, entry.OccurredOn) is not { } amount)
                return null;
            sum += amount;
        }

        return sum;
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Stage { get; init; }
        public DateOnly? IdleSince { get; init; }
        public DateOnly? LastProgressOn { get; init; }
        public DateOnly? StartedOn { get; init; }
        public required string Facts { get; init; }
        public string? ImportId { get; init; }
        public DateOnly? YellowOn { get; init; }
        public DateOnly? RedOn { get; init; }
        public DateOnly? RemovalOn { get; init; }
        public DateOnly? NoticeBy { get; init; }
        public DateOnly? PlanOn { get; init; }
        public required string LightTold { get; init; }

        public Stage At => Slug.To<Stage>(Stage);

        public LightDays Kept => new(YellowOn, RedOn, RemovalOn);
    }

    private sealed class Entry
    {
        public DateOnly OccurredOn { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public required string RuleSetId { get; init; }
    }

    private const string Select =
        "SELECT id, stage, idle_since, last_progress_on, started_on, facts, import_id, yellow_on, red_on, removal_on, notice_by, plan_on, light_told FROM projects WHERE id IN @ids";
    private const string SetTold = "UPDATE projects SET light_told = @light WHERE id = @id";
    private const string SelectPaid =
        "SELECT occurred_on, amount, currency, rule_set_id FROM capital_entries WHERE project_id = @id AND status = 'verified'";
    private const string Update =
        "UPDATE projects SET yellow_on = @yellowOn, red_on = @redOn, removal_on = @removalOn, notice_by = @noticeBy, plan_on = @planOn WHERE id = @id";
}

/// <summary>Has the lights follow what they depend on, in its transaction.</summary>
public sealed class LightSubscriber(RuleBooks ruleBooks) : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var id = happened switch
        {
            MoveTookEffect taken => taken.Move.ProjectId,
            FactsChanged changed => changed.ProjectId,
            CapitalDecided decided => decided.Entry.ProjectId,
            ProgressRecorded recorded => recorded.ProjectId,
            _ => null,
        };
        if (id is not null)
            await KeepLights.Of(session, await ruleBooks.Load(session), id);
    }
}
