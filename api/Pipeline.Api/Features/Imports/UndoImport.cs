using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Imports;

/// <summary>Undoes an import as a whole while nothing has been built on it: all of it goes, or nothing, and what stands against it is named.</summary>
public static class UndoImport
{
    /// <summary>How many projects, reports and updates one undo may take: they go in one transaction, and others wait for it.</summary>
    public const int Most = 1_000;

    /// <summary>How many of those that were built on are named; more are counted.</summary>
    public const int MostNamed = 200;

    /// <summary>What an undo would do now.</summary>
    public sealed record PreviewView
    {
        /// <summary>Whether nothing stands against it.</summary>
        public required bool Possible { get; init; }

        /// <summary>Why there is nothing to undo, as an undo would answer it; absent where there is.</summary>
        public Problem? Problem { get; init; }

        /// <summary>How many projects go out of the library.</summary>
        public required int Projects { get; init; }

        /// <summary>How many reports are withdrawn, or released.</summary>
        public required int Reports { get; init; }

        /// <summary>How many accepted updates of other projects are set back.</summary>
        public required int Updates { get; init; }

        /// <summary>There is more than one undo can take: the counts are of the first.</summary>
        public required bool TooMany { get; init; }

        /// <summary>What has been built on, and by what; the first 200.</summary>
        public required IReadOnlyList<BuiltOnView> BuiltOn { get; init; }

        /// <summary>How many have been built on.</summary>
        public required int BuiltOnTotal { get; init; }
    }

    public static Task<IResult> Preview(string id, Call call)
    {
        var refusal = new QueryReader(call.Request).Refusal();
        return call.Read<IResult>(async session =>
        {
            var (import, refused) = await Load(session, call.Caller, id);
            if (refused is not null)
                return (Reply)refused;
            if (refusal is not null)
                return (Reply)refusal;
            if (RefusalOf(import!) is { } impossible)
                return Reply.Plain(
                    new PreviewView
                    {
                        Possible = false,
                        Problem = Http.Problems.Of(call.Context, impossible),
                        Projects = 0,
                        Reports = 0,
                        Updates = 0,
                        TooMany = false,
                        BuiltOn = [],
                        BuiltOnTotal = 0,
                    }
                );
            var plan = await UndoPlan.Of(session, call.Caller, import!);
            await Trace(session, plan);
            return Reply.Plain(
                new PreviewView
                {
                    Possible = !plan.IsEmpty && !plan.TooMany && plan.BuiltOn.Count == 0,
                    Problem = plan.IsEmpty
                        ? Http.Problems.Of(call.Context, new Refusal(RefusalKind.Conflict, "nothing-to-undo"))
                        : null,
                    Projects = plan.Projects.Count,
                    Reports = plan.Reports.Count,
                    Updates = plan.Updates.Count,
                    TooMany = plan.TooMany,
                    BuiltOn = [.. plan.BuiltOn.Take(MostNamed)],
                    BuiltOnTotal = plan.BuiltOn.Count,
                }
            );
        });
    }

    public static async Task<IResult> Handle(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ChangeFacts facts
    )
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var (import, refused) = await Load(session, call.Caller, id);
            if (refused is not null)
                return refused;
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Intake);
            import = (await ReadImports.Load(session, call.Caller, id))!;
            if (RefusalOf(import) is { } impossible)
                return impossible;
            await SettleClaims.Reports(session);
            var plan = await UndoPlan.Of(session, call.Caller, import);
            if (plan.IsEmpty)
                return new Refusal(RefusalKind.Conflict, "nothing-to-undo");
            if (plan.TooMany)
                return new Refusal(RefusalKind.Conflict, "undo-too-large", Most);
            foreach (var projectId in plan.Touched(await ProjectsOf(session, plan.Reports)))
                await settle.Project(session, projectId);

            // Now that all of them are locked, and as they should be by now.
            plan = await UndoPlan.Of(session, call.Caller, import);
            await Trace(session, plan);
            if (plan.BuiltOn.Count > 0)
                return Refused(plan);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            if (
                await TakeBack(
                    session,
                    call.Caller,
                    settle,
                    ruleBooks,
                    facts,
                    import,
                    plan,
                    body.Value!.Reason!.Trim()
                ) is
                { } broken
            )
                return broken;
            var after = (await ReadImports.Load(session, call.Caller, id))!;
            return Reply.Resource(after.View(Messages.Language(call.Request)), after.Version);
        });
    }

    private static async Task<(ImportRow? Import, Refusal? Refusal)> Load(Session session, Caller caller, string id)
    {
        if (await ReadImports.Load(session, caller, id) is not { } import)
            return (null, Refusal.NotFound);
        return import.JurisdictionId == caller.JurisdictionId ? (import, null) : (null, Refusal.Forbidden);
    }

    private static Refusal? RefusalOf(ImportRow import) =>
        import.DryRun ? new Refusal(RefusalKind.Conflict, "nothing-to-undo")
        : import.IsOpen ? new Refusal(RefusalKind.Conflict, "import-running")
        : import.UndoneAt is not null ? new Refusal(RefusalKind.Conflict, "import-undone")
        : import.RowsRemoved is { } removed ? removed.Refuse("import-rows-removed")
        : null;

    private static Refusal Refused(UndoPlan plan)
    {
        var errors = plan
            .BuiltOn.Take(MostNamed)
            .Select(one => new FieldError(
                one.ProjectId is { } project ? $"projects.{project}" : $"claims.{one.ClaimId}",
                "built-on",
                one.ProjectCode is { } code ? $"{one.Name} {code}" : one.Name,
                one.By.Cast<Enum>().ToList()
            ))
            .ToList();
        if (plan.BuiltOn.Count - errors.Count is > 0 and var more)
            errors.Add(new FieldError("projects", "more-built-on", more));
        return new Refusal(RefusalKind.Conflict, "import-built-on", errors);
    }

    private static async Task<Refusal?> TakeBack(
        Session session,
        Caller caller,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ChangeFacts facts,
        ImportRow import,
        UndoPlan plan,
        string reason
    )
    {
        var book = await ruleBooks.Load(session);
        foreach (var claimId in plan.Reports)
        {
            var claim = (await LoadClaim.For(session, caller, claimId))!;
            var end = claim.At == ClaimStatus.Active ? ClaimStatus.Released : ClaimStatus.Withdrawn;
            await EndReport.By(session, settle, book, claim, end, caller, reason);
        }

        foreach (var updates in plan.Updates.GroupBy(update => update.ProjectId))
        {
            var project = (await LoadProject.ById(session, updates.Key, caller.JurisdictionId))!;
            var before = project.Body();
            var parsed = Call.Parse(UndoPlan.Before(before, updates)!, ChangeFacts.ValidatorOf(project), session.Today);
            if (parsed.Refusal is { } invalid)
                return invalid;
            if (await ChangeFacts.RefusalOf(session, project, parsed.Value!) is { } refused)
                return refused;
            await facts.Store(
                session,
                caller,
                project,
                before,
                parsed.Value!,
                new FactSource(import.Id, updates.First().RowNumber)
            );
        }

        foreach (var projectId in plan.Projects)
            await TakeBackProject.Of(
                session,
                settle,
                book,
                (await LoadProject.ById(session, projectId))!,
                import.Id,
                caller,
                reason
            );
        await session.ExecuteOnOne(
            Undone,
            new
            {
                id = import.Id,
                now = session.Now,
                by = caller.UserId,
                byName = caller.DisplayName,
                reason,
            }
        );
        session.Note(
            new AuditEntry("import-undone")
            {
                SubjectKind = "import",
                SubjectId = import.Id,
                Reason = reason,
                Changes = AuditEntry.Between(
                    null,
                    Json.Node(
                        new
                        {
                            projects = plan.Projects.Count,
                            reports = plan.Reports.Count,
                            updates = plan.Updates.Count,
                        }
                    )
                ),
            }
        );
        await session.Raise(new ImportWasUndone(import.Id, plan.Projects));
        return null;
    }

    /// <summary>Names are told of what was built on; of secret ones the trail keeps that they were read.</summary>
    private static Task Trace(Session session, UndoPlan plan) =>
        SecretReads.Note(
            session,
            plan.BuiltOn.Take(MostNamed).Select(one => one.ProjectId).OfType<string>(),
            plan.BuiltOn.Take(MostNamed).Select(one => one.ClaimId).OfType<string>()
        );

    private static async Task<IReadOnlyList<string>> ProjectsOf(Session session, IReadOnlyList<string> claimIds)
    {
        var projects = new List<string>();
        foreach (var ids in claimIds.Chunk(400))
            projects.AddRange(await session.Query<string>(SelectProjects, new { ids }));
        return projects;
    }

    private const string SelectProjects = "SELECT project_id FROM claims WHERE id IN @ids AND project_id IS NOT NULL";
    private const string Undone = """
        UPDATE imports SET undone_at = @now, undone_by = @by, undone_by_name = @byName, undo_reason = @reason, version = version + 1
        WHERE id = @id AND undone_at IS NULL AND status NOT IN ('queued', 'running')
        """;
}
