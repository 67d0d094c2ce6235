using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>A draft of a rule set, beside what it would change.</summary>
public sealed record RuleSetDraftView
{
    public required string Id { get; init; }
    public required DraftStatus Status { get; init; }

    /// <summary>All its numbers; those that the draft did not name are as in the rule set it was drafted after.</summary>
    public required RuleSetBody Rules { get; init; }

    /// <summary>The rule set that it was drafted after.</summary>
    public required string BasedOn { get; init; }

    /// <summary>Whether the rule set that it would follow is another one by now, or was changed: it is to be looked at anew before it is published.</summary>
    public required bool Outdated { get; init; }

    /// <summary>The members that it says otherwise than the rule set it was drafted after.</summary>
    public required IReadOnlyList<string> Changed { get; init; }
    public required PersonRef DraftedBy { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }

    /// <summary>Who published or withdrew it.</summary>
    public PersonRef? EndedBy { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>The rule set that came out of it.</summary>
    public string? RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>Drafts of rule sets (C13): a coordinator drafts, another coordinator or the administrator publishes, and nobody publishes the own draft. Only who drafted it changes it, so that who publishes has written none of it.</summary>
public static class RuleSetDrafts
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var drafts = api.MapGroup("/rule-set-drafts").WithTags("Rule sets");
        drafts
            .MapGet("/", All)
            .WithName("listRuleSetDrafts")
            .WithSummary("List the drafts of rule sets, the newest first")
            .Allows(Act.ReadRuleSetDrafts)
            .Answers<Page<RuleSetDraftView>>();
        drafts
            .MapGet("/{id}", Single)
            .WithName("getRuleSetDraft")
            .WithSummary("Get a draft of a rule set")
            .Allows(Act.ReadRuleSetDrafts)
            .Answers<RuleSetDraftView>()
            .Refuses(404);
        drafts
            .MapPost("/", Post)
            .WithName("draftRuleSet")
            .WithSummary("Draft a rule set for a second person to publish")
            .Allows(Act.DraftRuleSet)
            .TakesPartOf<RuleSetBody>("effectiveFrom")
            .Answers<RuleSetDraftView>(201)
            .Refuses(400)
            .Refuses("rule-set-overlap");
        drafts
            .MapPatch("/{id}", Patch)
            .WithName("editRuleSetDraft")
            .WithSummary("Change one's own draft of a rule set")
            .Allows(Act.DraftRuleSet)
            .TakesPatchOf<RuleSetBody>()
            .Answers<RuleSetDraftView>()
            .Refuses(400, 403, 404)
            .Refuses("draft-decided", "rule-set-overlap");
        drafts
            .MapPost("/{id}/publish", Publish)
            .WithName("publishRuleSetDraft")
            .WithSummary("Publish another person's draft of a rule set")
            .Allows(Act.PublishRuleSet)
            .NeedsIfMatch()
            .Answers<RuleSetDraftView>()
            .Refuses(400, 404)
            .Refuses("draft-decided", "draft-outdated", "rule-set-overlap", "second-person-required");
        drafts
            .MapPost("/{id}/withdraw", Withdraw)
            .WithName("withdrawRuleSetDraft")
            .WithSummary("Withdraw a draft of a rule set, with a reason")
            .Allows(Act.DraftRuleSet)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<RuleSetDraftView>()
            .Refuses(400, 404, 409);
    }

    private static async Task<IResult> All(Call call, RuleBooks ruleBooks)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var sets = await RuleBooks.Rows(session);
            return Reply.Plain(
                new Page<RuleSetDraftView>
                {
                    Items =
                    [
                        .. (await RuleSetDraftRow.All(session)).Select(row =>
                            View(row, sets, ruleBooks, call.Caller, session)
                        ),
                    ],
                }
            );
        });
    }

    private static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
            await RuleSetDraftRow.ById(session, id) is { } row
                ? await Answer(session, call.Caller, ruleBooks, row)
                : (Reply)Refusal.NotFound
        );

    private static async Task<IResult> Post(Call call, RuleBooks ruleBooks)
    {
        var parsed = await call.Body<RuleSetBody>();
        return await call.Write(async session =>
        {
            if (parsed.Refusal is { } malformed)
                return malformed;
            var placed = await PostRuleSet.Place(session, ruleBooks, parsed.Value!);
            if (placed.Refusal is { } refusal)
                return refusal;
            var (body, before) = (placed.Value.Body, placed.Value.Before);
            var id = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    body = Json.Write(body),
                    basisId = before.Id,
                    basisVersion = before.Version,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                }
            );
            Note(session, "rule-set-drafted", id, ruleBooks.BodyOf(before), body);
            var row = (await RuleSetDraftRow.ById(session, id))!;
            await session.Raise(new RuleSetDrafted(row, body.Name!, call.Caller));
            return await Answer(session, call.Caller, ruleBooks, row, 201);
        });
    }

    /// <summary>Changes a draft; it is drafted after the rule set that it would follow by now.</summary>
    private static async Task<IResult> Patch(string id, Call call, RuleBooks ruleBooks)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, call, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            var patched = new Draft(row.DraftedBy, row.Version).Patched(
                call,
                row.Rules,
                patch,
                Validation.Of<PostRuleSet.Validator>(),
                session.Today
            );
            if (patched.Refusal is { } invalid)
                return invalid;
            if (row.At != DraftStatus.Draft)
                return Decided;
            var placed = await PostRuleSet.Place(session, ruleBooks, patched.Value);
            if (placed.Refusal is { } unplaced)
                return unplaced;
            await session.ExecuteOnOne(
                Update,
                new
                {
                    id,
                    body = Json.Write(placed.Value.Body),
                    basisId = placed.Value.Before.Id,
                    basisVersion = placed.Value.Before.Version,
                    now = session.Now,
                }
            );
            Note(session, "rule-set-draft-edited", id, row.Rules, placed.Value.Body);
            return await Answer(session, call.Caller, ruleBooks, (await RuleSetDraftRow.ById(session, id))!);
        });
    }

    private static Task<IResult> Publish(string id, Call call, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, call, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (new Draft(row.DraftedBy, row.Version).WhyNotPublished(call) is { } unpublished)
                return unpublished;
            if (row.At != DraftStatus.Draft)
                return Decided;
            var placed = await PostRuleSet.Place(session, ruleBooks, row.Rules);
            if (placed.Refusal is { } unplaced)
                return unplaced;
            if (IsOutdated(row, placed.Value.Before))
                return new Refusal(RefusalKind.Conflict, "draft-outdated");
            var ruleSetId = await PostRuleSet.Store(session, ruleBooks, placed.Value, call.Caller);
            await End(session, call.Caller, id, DraftStatus.Published, null, ruleSetId);
            return await Answer(session, call.Caller, ruleBooks, (await RuleSetDraftRow.ById(session, id))!);
        });

    private static async Task<IResult> Withdraw(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, call, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (row.At != DraftStatus.Draft)
                return Decided;
            await End(session, call.Caller, id, DraftStatus.Withdrawn, body.Value!.Reason!.Trim(), null);
            return await Answer(session, call.Caller, ruleBooks, (await RuleSetDraftRow.ById(session, id))!);
        });
    }

    private static Refusal Decided => new(RefusalKind.Conflict, "draft-decided");

    private static async Task<Result<RuleSetDraftRow>> ForWrite(Session session, Call call, string id)
    {
        await session.Lock(LockName.RuleSets);
        return await RuleSetDraftRow.ById(session, id) is { } row ? row : Refusal.NotFound;
    }

    private static async Task End(
        Session session,
        Caller by,
        string id,
        DraftStatus status,
        string? reason,
        string? ruleSetId
    )
    {
        await session.ExecuteOnOne(
            SetEnded,
            new
            {
                id,
                status = Slug.Of(status),
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
                reason,
                ruleSetId,
            }
        );
        session.Note(
            new AuditEntry(status == DraftStatus.Published ? "rule-set-draft-published" : "rule-set-draft-withdrawn")
            {
                SubjectKind = "rule-set-draft",
                SubjectId = id,
                Reason = reason,
            }
        );
    }

    private static void Note(Session session, string action, string id, RuleSetBody before, RuleSetBody after) =>
        session.Note(
            new AuditEntry(action)
            {
                SubjectKind = "rule-set-draft",
                SubjectId = id,
                Changes = AuditEntry.Between(Json.Node(before), Json.Node(after)),
            }
        );

    private static bool IsOutdated(RuleSetDraftRow row, RuleSetRow before) =>
        before.Id != row.BasisId || before.Version != row.BasisVersion;

    private static async Task<Reply> Answer(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        RuleSetDraftRow row,
        int status = 200
    ) =>
        Reply.Resource(
            View(row, await RuleBooks.Rows(session), ruleBooks, caller, session),
            row.Version,
            status,
            status == 201 ? $"/api/v1/rule-set-drafts/{row.Id}" : null
        );

    private static RuleSetDraftView View(
        RuleSetDraftRow row,
        List<RuleSetRow> sets,
        RuleBooks ruleBooks,
        Caller caller,
        Session session
    )
    {
        var rules = row.Rules;
        var from = rules.EffectiveFrom!.Value;
        var startsAt = from <= session.Today ? session.Now : Shanghai.StartOf(from);
        var open = row.At == DraftStatus.Draft;
        var outdated = open && IsOutdated(row, sets.LastOrDefault(set => set.StartsAt <= startsAt) ?? sets[0]);
        var basis = sets.First(set => set.Id == row.BasisId);
        var actions = new List<string>();
        if (open && Permissions.Allows(caller, Act.DraftRuleSet))
        {
            if (row.DraftedBy == caller.UserId)
                actions.Add("edit");
            actions.Add("withdraw");
        }

        if (
            open
            && !outdated
            && from >= session.Today
            && row.DraftedBy != caller.UserId
            && Permissions.Allows(caller, Act.PublishRuleSet)
        )
            actions.Add("publish");
        return new RuleSetDraftView
        {
            Id = row.Id,
            Status = row.At,
            Rules = rules.Complete(),
            BasedOn = row.BasisId,
            Outdated = outdated,
            Changed = rules.DiffersFrom(ruleBooks.BodyOf(basis)),
            DraftedBy = new PersonRef(row.DraftedBy, row.DraftedByName),
            DraftedAt = row.DraftedAt,
            EndedBy = row.EndedBy is null ? null : new PersonRef(row.EndedBy, row.EndedByName!),
            EndedAt = row.EndedAt,
            Reason = row.Reason,
            RuleSetId = row.RuleSetId,
            AllowedActions = actions,
            Version = row.Version,
        };
    }

    private const string Insert = """
        INSERT INTO rule_set_drafts (id, status, body, basis_id, basis_version, drafted_by, drafted_by_name, drafted_at, version, updated_at)
        VALUES (@id, 'draft', @body, @basisId, @basisVersion, @by, @byName, @now, 1, @now)
        """;
    private const string Update =
        "UPDATE rule_set_drafts SET body = @body, basis_id = @basisId, basis_version = @basisVersion, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft'";
    private const string SetEnded =
        "UPDATE rule_set_drafts SET status = @status, ended_by = @by, ended_by_name = @byName, ended_at = @now, reason = @reason, rule_set_id = @ruleSetId, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft'";
}
