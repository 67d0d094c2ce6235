using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Imports;

/// <summary>Accepts or declines updates that rows of an import propose (R53), one or many: each is an edit of its project like any other, under the same rights, checks and rules. One that is refused keeps no other from being stored.</summary>
public static class DecideUpdates
{
    /// <summary>How many rows one request may decide: few enough to keep others from writing for no longer than about half a second.</summary>
    public const int Most = 50;

    public sealed record Item
    {
        public int? RowNumber { get; init; }
        public UpdateDecision? Decision { get; init; }

        /// <summary>The facts to take over; all that can be where it is absent.</summary>
        public IReadOnlyList<string>? Fields { get; init; }

        public sealed class Validator : AbstractValidator<Item>
        {
            public Validator()
            {
                RuleFor(item => item.RowNumber).Required();
                RuleFor(item => item.Decision).NotNull().Coded("required");
                RuleFor(item => item.Fields)
                    .Must(fields => fields is null || fields.Count is > 0 and <= 50)
                    .Coded("count", 50);
            }
        }
    }

    public sealed record Request
    {
        public IReadOnlyList<Item>? Items { get; init; }

        public sealed class Validator : AbstractValidator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.Items).Required();
                RuleFor(request => request.Items).AtMost(Most);
                RuleForEach(request => request.Items)
                    .Cascade(CascadeMode.Continue)
                    .NotNull()
                    .Coded("required")
                    .SetValidator(Validation.Of<Item.Validator>());
            }
        }
    }

    /// <summary>What came of each, in the order of the request.</summary>
    public sealed record Response(IReadOnlyList<Decided> Items);

    /// <summary>What came of one: the row as it is now, or why it was refused.</summary>
    public sealed record Decided
    {
        public required int RowNumber { get; init; }

        /// <summary>The status that an answer to this one alone would have.</summary>
        public required int Status { get; init; }
        public ImportRowView? Row { get; init; }
        public Problem? Problem { get; init; }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, ChangeFacts facts)
    {
        var body = await call.Body(Validation.Of<Request.Validator>());
        return await call.Write(async session =>
        {
            if (await ReadImports.Load(session, call.Caller, id) is not { } import)
                return Refusal.NotFound;
            if (body.Refusal is { } malformed)
                return malformed;
            if (import.DryRun)
                return new Refusal(RefusalKind.Conflict, "dry-run-only");
            if (import.IsOpen)
                return new Refusal(RefusalKind.Conflict, "import-running");
            if (import.RowsRemoved is { } removed)
                return removed.Refuse("import-rows-removed");
            await session.Lock(LockName.Intake);
            if (import.UndoneAt is not null)
                return new Refusal(RefusalKind.Conflict, "import-undone");
            var decided = new List<Decided>();
            foreach (var item in body.Value!.Items!)
            {
                var row = item.RowNumber!.Value;
                var refusal = await Decide(session, call, settle, facts, import, item);
                if (refusal is not null && call.ValidateOnly)
                    return refusal;
                if (refusal?.Kind is RefusalKind.Forbidden or RefusalKind.NotFound)
                    session.Note(Origins.Entry(call.Context, AuditOutcome.Denied));
                var problem = refusal is null ? null : Http.Problems.Of(call.Context, refusal);
                decided.Add(
                    new Decided
                    {
                        RowNumber = row,
                        Status = problem?.Status ?? 200,
                        Problem = problem,
                        Row =
                            problem is null && !call.ValidateOnly
                                ? (await Load(session, id, row))!.View(Messages.Language(call.Request), true, [])
                                : null,
                    }
                );
            }

            return call.ValidateOnly ? Reply.NothingStored : Reply.Plain(new Response(decided));
        });
    }

    private static async Task<Refusal?> Decide(
        Session session,
        Call call,
        SettleClaims settle,
        ChangeFacts facts,
        ImportRow import,
        Item item
    )
    {
        if (await Load(session, import.Id, item.RowNumber!.Value) is not { } row)
            return Refusal.NotFound;
        if (row.ActionTaken != Slug.Of(RowAction.UpdateProposed) || row.Outcome != Slug.Of(RowOutcome.Accepted))
            return new Refusal(RefusalKind.Conflict, "no-update-proposed");
        if (item.Decision == UpdateDecision.Decline)
            return await Decline(session, call, import, row);
        if (row.ProjectId is not { } projectId)
            return new Refusal(RefusalKind.Conflict, "report-waiting");

        var loaded = await LoadProject.ForWrite(session, settle, call.Caller, projectId, Act.EditProject);
        if (loaded.Refusal is { } refusal)
            return refusal;
        if (row.Decision is not null)
            return new Refusal(RefusalKind.Conflict, "update-decided");
        var project = loaded.Value;
        var proposed = Json.Read<Dictionary<string, ProposedChange>>(row.Changes);
        var possible = ProposedFacts.Of(proposed.Keys);
        if (item.Fields?.FirstOrDefault(field => !possible.Contains(field)) is { } unknown)
            return Refusal.Invalid(new FieldError("fields", "choice", string.Join(", ", possible)));
        var fields = ProposedFacts.Of(item.Fields ?? possible);
        if (fields.Count == 0)
            return new Refusal(RefusalKind.Conflict, "nothing-to-accept");
        var before = project.Body();

        // What somebody changed since the register was read is not written over: nobody has seen the two side by side.
        var stale = fields
            .Where(field =>
                ProposedFacts.Now(before, field) is var now
                && !ProposedFacts.Same(now, proposed[field].From)
                && !ProposedFacts.Same(now, proposed[field].To)
            )
            .Select(field => new FieldError($"changes.{field}", "changed-since"))
            .ToList();
        if (stale.Count > 0)
            return new Refusal(RefusalKind.Conflict, "update-outdated", stale);
        var parsed = Call.Parse(
            ProposedFacts.Changed(before, fields.ToDictionary(field => field, field => proposed[field].To)),
            ChangeFacts.ValidatorOf(project),
            session.Today
        );
        if (parsed.Refusal is { } invalid)
            return invalid;
        if (await ChangeFacts.RefusalOf(session, project, parsed.Value!) is { } refused)
            return refused;
        if (call.ValidateOnly)
            return null;
        await facts.Store(
            session,
            call.Caller,
            project,
            before,
            parsed.Value!,
            new FactSource(import.Id, row.RowNumber)
        );
        await Keep(session, call.Caller, import, row, UpdateDecision.Accept, fields);
        return null;
    }

    private static async Task<Refusal?> Decline(Session session, Call call, ImportRow import, StoredRow row)
    {
        if (import.JurisdictionId != call.Caller.JurisdictionId && call.Caller.Role != Role.Coordinator)
            return Refusal.Forbidden;
        if (row.Decision is not null)
            return new Refusal(RefusalKind.Conflict, "update-decided");
        if (!call.ValidateOnly)
            await Keep(session, call.Caller, import, row, UpdateDecision.Decline, []);
        return null;
    }

    private static async Task Keep(
        Session session,
        Caller caller,
        ImportRow import,
        StoredRow row,
        UpdateDecision decision,
        IReadOnlyList<string> fields
    )
    {
        await session.Execute(
            Insert,
            new
            {
                id = import.Id,
                row = row.RowNumber,
                decision = Slug.Of(decision),
                fields = Json.Write(fields),
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        session.Note(
            new AuditEntry(decision == UpdateDecision.Accept ? "update-accepted" : "update-declined")
            {
                SubjectKind = "import",
                SubjectId = import.Id,
                ProjectId = row.ProjectId,
                Changes = AuditEntry.Between(null, Json.Node(new { rowNumber = row.RowNumber, fields })),
            }
        );
    }

    private static Task<StoredRow?> Load(Session session, string id, int row) =>
        session.One<StoredRow>($"{StoredRow.Select} WHERE r.import_id = @id AND r.row_number = @row", new { id, row });

    private const string Insert =
        "INSERT INTO import_decisions (import_id, row_number, decision, fields, decided_by, decided_by_name, decided_at) VALUES (@id, @row, @decision, @fields, @by, @byName, @now)";
}
