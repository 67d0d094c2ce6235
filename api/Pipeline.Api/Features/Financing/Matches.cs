using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;
using Pipeline.Store.Financing;
using Pipeline.Store.Libraries;

namespace Pipeline.Api.Features.Financing;

/// <summary>Matches, for the units whose needs they are of and who reads the city.</summary>
public static class ReadMatches
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session => await Told(session, call.Caller, id));

    internal static async Task<Reply> Told(Session session, Caller caller, string id, int status = 200) =>
        await MatchRow.For(session, caller, id) is { } row
            ? Reply.Resource(
                row.View(caller, session.Today, await MatchRow.Steps(session, id)),
                row.Version,
                status,
                status == 201 ? $"/api/v1/matches/{id}" : null,
                row.ProjectId
            )
            : Refusal.NotFound;

    public static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var needId = query.Text("needId", 32);
        var state = query.Choices<MatchState>("state");
        var silence = query.Choice<Silence>("silence");
        var unit = query.Text("jurisdictionId", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var caller = call.Caller;
        var where = new Conditions();
        where.Add(NeedRow.VisibleTo(caller));
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        where.Add("m.need_id = @needId", "needId", needId);
        where.AddAny("m.state", "state", state);
        where.Add($"{NeedRow.Owner} = @unit", "unit", unit);
        return await call.Read<IResult>(async session =>
        {
            AddSilence(where, silence, session.Today);
            var filter = where.Sql;
            var total = await page.Total(
                session,
                $"SELECT COUNT(*) {NeedRow.From} JOIN matches m ON m.need_id = n.id WHERE {filter}",
                where.Values
            );
            var behind = page.Behind("m.seq", where.Values, descending: true);
            var rows = await session.Query<MatchRow>(
                $"{MatchRow.Select} WHERE {filter}{behind} ORDER BY m.seq DESC {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret == true))
                session.Note(row.SecretRead());
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(caller, session.Today), total));
        });
    }

    /// <summary>What <see cref="MatchRules.SilenceOn"/> says of one, of all.</summary>
    private static void AddSilence(Conditions where, Silence? silence, DateOnly today)
    {
        if (silence is not { } wanted)
            return;
        var (yellow, red) = (today.AddDays(-MatchRules.YellowAfter), today.AddDays(-MatchRules.RedAfter));
        const string open = "m.state NOT IN ('financed', 'dropped')";
        where.Add(
            wanted switch
            {
                Silence.Red => $"{open} AND m.last_on <= @red",
                Silence.Yellow => $"{open} AND m.last_on <= @yellow AND m.last_on > @red",
                _ => $"NOT ({open} AND m.last_on <= @yellow)",
            }
        );
        where.Values.Add("yellow", yellow);
        where.Values.Add("red", red);
    }
}

/// <summary>Brings a need together with an institution or a fund (R135).</summary>
public static class ProposeMatch
{
    public sealed record Request
    {
        public string? NeedId { get; init; }

        /// <summary>The institution or fund, by its id in the libraries.</summary>
        public string? PartyId { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.NeedId).Required().RecordId();
            RuleFor(request => request.PartyId).Required().RecordId();
            RuleFor(request => request.Note).Required().Text(2000);
        }
    }

    public static async Task<IResult> Handle(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            await session.Lock(LockName.Resources);
            if (
                await NeedRow.For(session, caller, request.NeedId!) is not { } need
                || !Permissions.Allows(caller, Act.ManageNeeds, need.RelationOf(caller))
            )
                return Refusal.NotFound;
            if (need.RetireReason is not null)
                return new Refusal(RefusalKind.Conflict, "need-retired");
            if (await ReadNeeds.PartyOf(session, caller, request.PartyId!) is not { IsRetired: false } party)
                return Refusal.Invalid(new FieldError("partyId", "unknown-party"));
            var open = await session.Query<string>(SelectOpen, new { needId = need.Id, partyId = party.Id });
            if (open.Count > 0)
                return new Refusal(RefusalKind.Conflict, "match-open", party.Name);
            var id = Ids.New();
            await Store(session, caller, id, need.Id, party, request.Note!.Trim());
            await session.Raise(new MatchAdvanced((await MatchRow.For(session, caller, id))!, caller));
            return await ReadMatches.Told(session, caller, id, 201);
        });
    }

    /// <summary>Stores a match that was checked, with its first step. The caller holds the lock.</summary>
    internal static async Task Store(
        Session session,
        Caller by,
        string id,
        string needId,
        LibraryRow party,
        string note
    )
    {
        await session.Execute(
            Insert,
            new
            {
                id,
                needId,
                kind = Slug.Of(ReadNeeds.KindOf(party.Of)),
                partyId = party.Id,
                today = session.Today,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        await AdvanceMatch.AddStep(session, by, id, MatchState.Proposed, note);
    }

    private const string SelectOpen =
        "SELECT id FROM matches WHERE need_id = @needId AND party_id = @partyId AND state NOT IN ('financed', 'dropped')";
    private const string Insert = """
        INSERT INTO matches (id, need_id, party_kind, party_id, state, last_on, proposed_by, proposed_by_name, proposed_at, version, updated_at)
        VALUES (@id, @needId, @kind, @partyId, 'proposed', @today, @by, @byName, @now, 1, @now)
        """;
}

/// <summary>Takes a match a step on, to money, or out (R135).</summary>
public static class AdvanceMatch
{
    public sealed record Request
    {
        public MatchState? To { get; init; }

        /// <summary>What happened; of one that is dropped, why.</summary>
        public string? Note { get; init; }

        /// <summary>What was got, of one that is financed.</summary>
        public Money? Amount { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.To).NotNull().Coded("required");
            RuleFor(request => request.Note).Required().Text(2000);
            RuleFor(request => request.Amount)
                .Amount()
                .Must(amount => amount is null || amount.Value.Amount > 0)
                .Coded("amount");
            RuleFor(request => request.Amount)
                .Must((request, amount) => request.To == MatchState.Financed || amount is null)
                .Coded("only-financed");
        }
    }

    public static async Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;

            // What a project's need gets counts by the project's stage; its lock comes before that of the resources.
            if (await MatchRow.For(session, caller, id) is { ProjectId: { } projectId })
                await session.Lock(LockName.Project(projectId));
            await session.Lock(LockName.Resources);
            if (await MatchRow.For(session, caller, id) is not { } row)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.ManageNeeds, row.RelationOf(caller)))
                return Refusal.Forbidden;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var request = body.Value!;
            var to = request.To!.Value;
            if (MatchRules.MayAdvance(row.At, to) is { } refused)
                return refused;
            if (to == MatchState.Financed && request.Amount is null)
                return new Refusal(RefusalKind.Rule, "amount-missing", [new FieldError("amount", "required")]);
            await Store(session, caller, row, request, (await ruleBooks.Current(session)).Id);
            return await ReadMatches.Told(session, caller, id);
        });
    }

    /// <summary>Stores a step that was checked. The caller holds the lock.</summary>
    internal static async Task Store(Session session, Caller by, MatchRow row, Request request, string ruleSetId)
    {
        var to = request.To!.Value;
        await session.ExecuteOnOne(
            Update,
            new
            {
                id = row.Id,
                state = Slug.Of(to),
                today = session.Today,
                amount = request.Amount?.Hundredths,
                currency = request.Amount?.Currency,
                financedOn = to == MatchState.Financed ? (DateOnly?)session.Today : null,
                ruleSetId,
                now = session.Now,
                version = row.Version,
            }
        );
        await AddStep(session, by, row.Id, to, request.Note!.Trim());
        await session.Raise(new MatchAdvanced((await MatchRow.For(session, by, row.Id))!, by));
    }

    internal static Task AddStep(Session session, Caller caller, string id, MatchState to, string note) =>
        session.Execute(
            InsertStep,
            new
            {
                id,
                to = Slug.Of(to),
                note,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );

    private const string InsertStep = """
        INSERT INTO match_steps (match_id, to_state, note, stepped_by, stepped_by_name, stepped_at) VALUES (@id, @to, @note, @by, @byName, @now)
        """;
    private const string Update = """
        UPDATE matches SET state = @state, last_on = @today, amount = @amount, currency = @currency, financed_on = @financedOn, rule_set_id = @ruleSetId, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}
