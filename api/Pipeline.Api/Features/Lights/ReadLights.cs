using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Lights;

/// <summary>Why a project shows a light: the rule, from when it counts, after how long, and the day on which that was reached (R93).</summary>
/// <param name="Limit">A length (ISO 8601); of the schedule the points that what was paid in is behind.</param>
public sealed record LightReason(LightRule Rule, Light Light, DateOnly Since, string Limit, DateOnly ReachedOn);

/// <summary>A project's light, and when it worsens next as the project stands (R93).</summary>
public sealed record LightView
{
    public required Light Light { get; init; }
    public required IReadOnlyList<LightReason> Reasons { get; init; }

    /// <summary>The day on which the light worsens; absent: it does not, as the project stands.</summary>
    public DateOnly? TurnsOn { get; init; }

    /// <summary>The light from that day on.</summary>
    public Light? Next { get; init; }

    /// <summary>The day from which on its removal is proposed, if nothing happens (R94).</summary>
    public DateOnly? RemovalOn { get; init; }
    public required DateOnly On { get; init; }
    public required string RuleSetId { get; init; }
}

/// <summary>A project with its light.</summary>
public sealed record LitProjectView
{
    public required string ProjectId { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Stage Stage { get; init; }
    public required UnitRef Owner { get; init; }
    public Money? TotalInvestment { get; init; }
    public required Light Light { get; init; }
    public DateOnly? TurnsOn { get; init; }
    public Light? Next { get; init; }
    public DateOnly? RemovalOn { get; init; }
}

/// <summary>How many projects of a stage show each light.</summary>
public sealed record LightTotal(Stage Stage, long Green, long Yellow, long Red)
{
    internal long Of(Light light) =>
        light switch
        {
            Light.Red => Red,
            Light.Yellow => Yellow,
            _ => Green,
        };
}

/// <summary>The lights of many projects, and how many show which.</summary>
public sealed record LightsResponse
{
    public required IReadOnlyList<LitProjectView> Items { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }

    /// <summary>By stage, of what the unit or the city has; other filters leave them as they are.</summary>
    public required IReadOnlyList<LightTotal> Totals { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>False while projects are judged anew because the limits changed: until it is done some show the light that they had.</summary>
    public required bool Complete { get; init; }
}

/// <summary>Lights of one project, with reasons, and of many (R90–R93): a unit's own, or the city's.</summary>
public static class ReadLights
{
    private static readonly Stage[] Stages = [Stage.InTalks, Stage.Signed, Stage.Registered, Stage.Started];

    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (
                await LoadProject.For(session, call.Caller, id) is not { } project
                || !Permissions.Allows(call.Caller, Act.ReadLights, project.RelationOf(call.Caller))
            )
                return (Reply)Refusal.NotFound;
            var book = await ruleBooks.Load(session);
            var rules = book.At(session.Now);
            var facts = await KeepLights.FactsOf(session, book, id);
            var days = Domain.Projects.Lights.Days(facts, rules.Lights);
            var next = days.NextAfter(session.Today);
            return Reply.Plain(
                new LightView
                {
                    Light = days.On(session.Today),
                    Reasons =
                    [
                        .. Domain
                            .Projects.Lights.Reasons(Domain.Projects.Lights.Turns(facts, rules.Lights), session.Today)
                            .Select(turn => new LightReason(turn.Rule, turn.Light, turn.Since, turn.Limit, turn.On)),
                    ],
                    TurnsOn = next?.On,
                    Next = next?.Light,
                    RemovalOn = days.RemovalOn,
                    On = session.Today,
                    RuleSetId = rules.Id,
                }
            );
        });

    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var light = query.Choice<Light>("light");
        var within = query.Text("turnsWithin", 10);
        var stage = query.Choice<Stage>("stage");
        var unit = query.Text("jurisdictionId", 32);
        var on = query.Date("on");
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        IsoDuration? ahead = IsoDuration.TryParse(within, out var length) && !length.HasTime ? length : null;
        if (within is not null && ahead is null)
            query.Refuse("turnsWithin", "days");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var caller = call.Caller;
        var city = Permissions.ReadsCity(caller);
        var where = new Conditions();
        if (!city)
            where.Add("p.owner_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        where.Add("p.owner_id = @unit", "unit", unit);
        // What turns within some days is found by the days; else the list is read backwards, and not by stage.
        var byStage = ahead is null ? "COALESCE(p.stage, '')" : "p.stage";
        if (stage is { } at)
            where.Add($"{byStage} = @stage", "stage", Slug.Of(at));
        else
            where.Add($"{byStage} IN ('in-talks', 'signed', 'registered', 'started')");
        return await call.Read<IResult>(async session =>
        {
            var day = on ?? session.Today;
            where.Values.Add("on", day);
            if (light is { } wanted)
                where.Add(Shows(wanted), "never", DateOnly.MaxValue);
            if (ahead is { } some)
                where.Add(
                    "((p.yellow_on > @on AND p.yellow_on <= @until) OR (p.red_on > @on AND p.red_on <= @until))",
                    "until",
                    some.After(day)
                );
            if (cursor is not null)
                where.Add("p.seq < @seq", "seq", cursor.Seq);
            where.Values.Add("limit", limit + 1);
            var totals = await Totals(session, caller, unit, day);
            var rows =
                light is { } shown
                && totals.All(total => total.Of(shown) == 0 || (stage is not null && total.Stage != stage))
                    ? []
                    : await session.Query<Row>(
                        $"{Select} WHERE {where.Sql} ORDER BY p.seq DESC {{page}}",
                        where.Values
                    );
            foreach (var row in rows.Take(limit).Where(row => row.Secret))
                session.Note(SecretReads.OfProject(row.Id));
            var page = Pages.Of(
                call.Request,
                cursors,
                rows,
                limit,
                row => new Cursor(null, row.Seq),
                row => row.View(day)
            );
            return Reply.Plain(
                new LightsResponse
                {
                    Items = page.Items,
                    NextCursor = page.NextCursor,
                    Totals = totals,
                    On = day,
                    Complete = await JudgeLights.IsDone(session, await ruleBooks.Current(session)),
                }
            );
        });
    }

    /// <summary>From the totals that are kept, on any day: what does not show yellow or red is green.</summary>
    private static async Task<IReadOnlyList<LightTotal>> Totals(
        Session session,
        Caller caller,
        string? unit,
        DateOnly day
    )
    {
        if (!Permissions.ReadsCity(caller))
        {
            if (unit is not null && unit != caller.Unit)
                return [.. Stages.Select(stage => new LightTotal(stage, 0, 0, 0))];
            unit = caller.Unit ?? "";
        }

        var all = await StageTotals.Visible(session, caller, SumsBy.Stage, null, unit);
        var lit = await StageTotals.Visible(session, caller, SumsBy.Light, day, unit);
        return
        [
            .. Stages.Select(stage =>
            {
                long Of(IEnumerable<StageSum> sums, string? item = null) =>
                    sums.Where(sum => sum.Stage == Slug.Of(stage) && (item is null || sum.Item == item))
                        .Sum(sum => sum.Count);
                return new LightTotal(stage, Of(all) - Of(lit), Of(lit, "yellow"), Of(lit, "red"));
            }),
        ];
    }

    // Written so that no index of days is walked: the newest come first, so that the list is read backwards until a page is full.
    private static string Shows(Light light) =>
        light switch
        {
            Light.Red => "COALESCE(p.red_on, @never) <= @on",
            Light.Yellow => "COALESCE(p.yellow_on, @never) <= @on AND COALESCE(p.red_on, @never) > @on",
            _ => "COALESCE(p.yellow_on, @never) > @on",
        };

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Stage { get; init; }
        public required string OwnerId { get; init; }
        public required string OwnerName { get; init; }
        public bool Secret { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public DateOnly? YellowOn { get; init; }
        public DateOnly? RedOn { get; init; }
        public DateOnly? RemovalOn { get; init; }

        public LitProjectView View(DateOnly day)
        {
            var days = new LightDays(YellowOn, RedOn, RemovalOn);
            var next = days.NextAfter(day);
            return new LitProjectView
            {
                ProjectId = Id,
                Code = Code,
                Name = Name,
                Stage = Slug.To<Stage>(Stage),
                Owner = new UnitRef(OwnerId, OwnerName),
                TotalInvestment = Amount is { } amount ? Money.FromHundredths(amount, Currency!) : null,
                Light = days.On(day),
                TurnsOn = next?.On,
                Next = next?.Light,
                RemovalOn = RemovalOn,
            };
        }
    }

    private const string Select = """
        SELECT p.seq, p.id, p.code, p.name, p.stage, p.owner_id, o.name AS owner_name, p.secret, p.amount, p.currency, p.yellow_on, p.red_on, p.removal_on
        FROM projects p JOIN jurisdictions o ON o.id = p.owner_id
        """;
}
