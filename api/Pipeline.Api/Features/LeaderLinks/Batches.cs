using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.LeaderLinks;

namespace Pipeline.Api.Features.LeaderLinks;

/// <summary>A batch of links, drafted or issued, with the names that belong to its ids.</summary>
public sealed record LeaderBatchView
{
    public required string Id { get; init; }

    /// <summary>Given when it is issued: one more than the last, without a gap.</summary>
    public long? Number { get; init; }
    public required BatchStatus Status { get; init; }
    public required IReadOnlyList<NewLinkView> Links { get; init; }
    public required IReadOnlyList<ReplacementView> Replacements { get; init; }
    public required IReadOnlyList<CloseOutView> CloseOuts { get; init; }
    public required PersonRef DraftedBy { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public PersonRef? IssuedBy { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Of a draft: the first day on which it may be issued; absent: today.</summary>
    public DateOnly? IssuableOn { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A project that a batch tells of.</summary>
public sealed record BatchProject(string Id, string Code, string Name);

public sealed record NewLinkView(PersonRef Leader, BatchProject Project, LeaderRole Role);

public sealed record ReplacementView(string LinkId, BatchProject Project, PersonRef From, PersonRef To);

public sealed record CloseOutView(string LinkId, BatchProject Project, PersonRef Leader, LinkEnd Reason);

/// <summary>Batches with their names: read by whoever reads the whole city, secret projects included.</summary>
public static class ReadBatches
{
    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var values = new Parameters();
            var rows = await session.Query<LeaderBatchRow>(
                $"{LeaderBatchRow.Select} WHERE 1 = 1{page.Behind("b.seq", values, descending: true)} ORDER BY b.seq DESC {{page}}",
                values
            );
            var views = new Dictionary<string, LeaderBatchView>(StringComparer.Ordinal);
            foreach (var row in rows.Take(page.Limit))
                views[row.Id] = await View(session, call.Caller, row);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => views[row.Id]));
        });
    }

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LeaderBatchRow.Find(session, id) is { } row
                ? Reply.Resource(await View(session, call.Caller, row), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<LeaderBatchView> View(Session session, Caller caller, LeaderBatchRow row)
    {
        var changes = row.Changes;
        var links = await Ids<LeaderLinkRow>(
            session,
            $"{LeaderLinkRow.Select} WHERE k.id IN @ids",
            (changes.Replacements ?? [])
                .Select(each => each.LinkId!)
                .Concat((changes.CloseOuts ?? []).Select(each => each.LinkId!))
        );
        var byLink = links.ToDictionary(link => link.Id, StringComparer.Ordinal);
        var projects = (
            await Ids<Named>(session, SelectProjects, (changes.Links ?? []).Select(each => each.ProjectId!))
        ).ToDictionary(each => each.Id, StringComparer.Ordinal);
        var people = (
            await Ids<Named>(
                session,
                SelectPeople,
                (changes.Links ?? [])
                    .Select(each => each.LeaderId!)
                    .Concat((changes.Replacements ?? []).Select(each => each.LeaderId!))
            )
        ).ToDictionary(each => each.Id, StringComparer.Ordinal);
        foreach (var project in projects.Values.Where(each => each.Secret))
            session.Note(SecretReads.OfProject(project.Id));
        foreach (var link in links.Where(each => each.Secret))
            session.Note(link.SecretRead());
        var last = row.At == BatchStatus.Draft ? await LeaderBatchRow.Last(session) : null;
        PersonRef Person(string id) => new(id, people[id].Name);
        BatchProject OfLink(LeaderLinkRow link) => new(link.ProjectId, link.ProjectCode, link.ProjectName);
        return new LeaderBatchView
        {
            Id = row.Id,
            Number = row.Number,
            Status = row.At,
            Links =
            [
                .. (changes.Links ?? []).Select(each => new NewLinkView(
                    Person(each.LeaderId!),
                    new BatchProject(each.ProjectId!, projects[each.ProjectId!].Code!, projects[each.ProjectId!].Name),
                    each.Role!.Value
                )),
            ],
            Replacements =
            [
                .. (changes.Replacements ?? []).Select(each =>
                {
                    var link = byLink[each.LinkId!];
                    return new ReplacementView(
                        link.Id,
                        OfLink(link),
                        new PersonRef(link.LeaderId, link.LeaderName),
                        Person(each.LeaderId!)
                    );
                }),
            ],
            CloseOuts =
            [
                .. (changes.CloseOuts ?? []).Select(each =>
                {
                    var link = byLink[each.LinkId!];
                    return new CloseOutView(
                        link.Id,
                        OfLink(link),
                        new PersonRef(link.LeaderId, link.LeaderName),
                        each.Reason!.Value
                    );
                }),
            ],
            DraftedBy = new PersonRef(row.DraftedBy, row.DraftedByName),
            DraftedAt = row.DraftedAt,
            IssuedBy = row.IssuedBy is null ? null : new PersonRef(row.IssuedBy, row.IssuedByName!),
            IssuedAt = row.IssuedAt,
            IssuableOn = last is null ? null : LeaderRules.NextIssueOn(last.IssuedOn, session.Today),
            AllowedActions =
                row.At == BatchStatus.Draft && Permissions.Allows(caller, Act.DraftLeaderBatch)
                    ? ["edit", "issue"]
                    : [],
            Version = row.Version,
        };
    }

    private static async Task<List<T>> Ids<T>(Session session, string sql, IEnumerable<string> some)
    {
        var ids = some.Distinct().ToList();
        return ids.Count == 0 ? [] : await session.Query<T>(sql, new { ids });
    }

    private sealed class Named
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public bool Secret { get; init; }
    }

    private const string SelectProjects = "SELECT id, name, code, secret FROM projects WHERE id IN @ids";
    private const string SelectPeople = "SELECT id, display_name AS name FROM users WHERE id IN @ids";
}

/// <summary>What an issued batch changed (R81): since nothing changes between two issues, it is the difference to the one before.</summary>
public sealed record BatchDifference
{
    public required long Number { get; init; }

    /// <summary>The batch before it; absent of the first.</summary>
    public long? Against { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Links made that replace none.</summary>
    public required IReadOnlyList<LeaderLinkView> Added { get; init; }
    public required IReadOnlyList<ReplacedLink> Replaced { get; init; }
    public required IReadOnlyList<LeaderLinkView> ClosedOut { get; init; }

    /// <summary>How many links stood before it, and after it: before + added − closed out = after.</summary>
    public required long Before { get; init; }
    public required long After { get; init; }
}

public sealed record ReplacedLink(LeaderLinkView From, LeaderLinkView To);

public static class ReadDifference
{
    public static Task<IResult> Handle(string n, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await LeaderBatchRow.Find(session, n) is not { Number: { } number, IssuedAt: { } at })
                return (Reply)Refusal.NotFound;
            var made = await session.Query<LeaderLinkRow>(
                $"{LeaderLinkRow.Select} WHERE k.batch = @number ORDER BY k.seq",
                new { number }
            );
            var closed = await session.Query<LeaderLinkRow>(
                $"{LeaderLinkRow.Select} WHERE k.end_batch = @number ORDER BY k.seq",
                new { number }
            );
            foreach (var row in made.Concat(closed).Where(row => row.Secret))
                session.Note(row.SecretRead());
            var rules = await ruleBooks.Current(session);
            var after = await session.One<long>(StoodAfter, new { number });
            LeaderLinkView View(LeaderLinkRow row) => row.View(session.Today, rules);
            var byId = closed.ToDictionary(row => row.Id, StringComparer.Ordinal);
            var added = made.Where(row => row.ReplacesId is null).Select(View).ToList();
            var out_ = closed.Where(row => row.End != LinkEnd.Replaced).Select(View).ToList();
            return Reply.Plain(
                new BatchDifference
                {
                    Number = number,
                    Against = number > 1 ? number - 1 : null,
                    IssuedAt = at,
                    Added = added,
                    Replaced =
                    [
                        .. made.Where(row => row.ReplacesId is not null)
                            .Select(row => new ReplacedLink(View(byId[row.ReplacesId!]), View(row))),
                    ],
                    ClosedOut = out_,
                    Before = after - added.Count + out_.Count,
                    After = after,
                }
            );
        });

    private const string StoodAfter =
        "SELECT COUNT(*) FROM leader_links k WHERE k.batch <= @number AND (k.end_batch IS NULL OR k.end_batch > @number)";
}

/// <summary>A batch is drafted, changed and issued by the centre (R81).</summary>
public static class DraftBatch
{
    public sealed class Validator : AbstractValidator<LeaderBatchBody>
    {
        private const int Most = 200;

        public Validator()
        {
            RuleFor(batch => batch.Links).AtMost(Most);
            RuleFor(batch => batch.Replacements).AtMost(Most);
            RuleFor(batch => batch.CloseOuts).AtMost(Most);
            RuleForEach(batch => batch.Links)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(link =>
                {
                    link.RuleFor(each => each.LeaderId).Required().Line(32);
                    link.RuleFor(each => each.ProjectId).Required().Line(32);
                    link.RuleFor(each => each.Role).Required();
                });
            RuleForEach(batch => batch.Replacements)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(link =>
                {
                    link.RuleFor(each => each.LinkId).Required().Line(32);
                    link.RuleFor(each => each.LeaderId).Required().Line(32);
                });
            RuleForEach(batch => batch.CloseOuts)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(link =>
                {
                    link.RuleFor(each => each.LinkId).Required().Line(32);
                    link.RuleFor(each => each.Reason)
                        .Required()
                        .Must(reason => reason is not LinkEnd.Replaced)
                        .Coded("choice", "landed, weak-intent, terminated, below-threshold, leader-left");
                });
        }
    }

    public static async Task<IResult> Post(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            if (await IssueBatch.Judge(session, body.Value!, await ruleBooks.Current(session)) is { Count: > 0 } errors)
                return NotEligible(errors);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    body = Json.Write(body.Value!),
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                }
            );
            var row = (await LeaderBatchRow.ById(session, id))!;
            return Reply.Resource(
                await ReadBatches.View(session, call.Caller, row),
                row.Version,
                201,
                $"/api/v1/leader-batches/{id}"
            );
        });
    }

    public static async Task<IResult> Put(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (await LeaderBatchRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (row.At == BatchStatus.Issued)
                return Issued(row);
            if (await IssueBatch.Judge(session, body.Value!, await ruleBooks.Current(session)) is { Count: > 0 } errors)
                return NotEligible(errors);
            await session.ExecuteOnOne(
                Update,
                new
                {
                    id,
                    body = Json.Write(body.Value!),
                    now = session.Now,
                    version = row.Version,
                }
            );
            var after = (await LeaderBatchRow.ById(session, id))!;
            return Reply.Resource(await ReadBatches.View(session, call.Caller, after), after.Version);
        });
    }

    public static Task<IResult> Issue(string id, Call call, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            // One at a time, and no project of it changes meanwhile.
            await session.Lock(LockName.Intake);
            if (await LeaderBatchRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (row.At == BatchStatus.Issued)
                return Issued(row);
            var last = await LeaderBatchRow.Last(session);
            if (LeaderRules.NextIssueOn(last?.IssuedOn, session.Today) is { } from)
                return new Refusal(RefusalKind.Conflict, "batch-too-soon", from);
            var changes = row.Changes;
            if ((changes.Links ?? []).Count + (changes.Replacements ?? []).Count + (changes.CloseOuts ?? []).Count == 0)
                return new Refusal(RefusalKind.Conflict, "batch-empty");
            var rules = await ruleBooks.Current(session);
            if (await IssueBatch.Judge(session, changes, rules) is { Count: > 0 } errors)
                return NotEligible(errors);
            var number = (last?.Number ?? 0) + 1;
            await session.ExecuteOnOne(
                MarkIssued,
                new
                {
                    id,
                    number,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                    today = session.Today,
                    ruleSetId = rules.Id,
                    version = row.Version,
                }
            );
            await IssueBatch.Make(session, row, number, rules, call.Caller);
            var after = (await LeaderBatchRow.ById(session, id))!;
            return Reply.Resource(await ReadBatches.View(session, call.Caller, after), after.Version);
        });

    private static Refusal NotEligible(IReadOnlyList<FieldError> errors) =>
        new(RefusalKind.Rule, "not-eligible", errors);

    private static Refusal Issued(LeaderBatchRow row) => new(RefusalKind.Conflict, "batch-issued", row.Number!.Value);

    private const string Insert = """
        INSERT INTO leader_batches (id, status, body, drafted_by, drafted_by_name, drafted_at, version, updated_at)
        VALUES (@id, 'draft', @body, @by, @byName, @now, 1, @now)
        """;
    private const string Update =
        "UPDATE leader_batches SET body = @body, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft' AND version = @version";
    private const string MarkIssued = """
        UPDATE leader_batches SET number = @number, status = 'issued', issued_by = @by, issued_by_name = @byName, issued_at = @now, issued_on = @today, rule_set_id = @ruleSetId,
          version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'draft' AND version = @version
        """;
}
