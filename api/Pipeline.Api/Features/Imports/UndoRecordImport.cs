using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Imports;

/// <summary>A row of which what it stored has been built on since.</summary>
/// <param name="RecordId">Absent where it is no record of its own.</param>
/// <param name="Name">What it is called.</param>
public sealed record BuiltOnRecordView(int RowNumber, string? RecordId, string Name, IReadOnlyList<BuiltOn> By);

/// <summary>Undoes an import of records as a whole while nothing has been built on it: all of it goes, or nothing, and what stands against it is named.</summary>
public static class UndoRecordImport
{
    /// <summary>What an undo would do now.</summary>
    public sealed record PreviewView
    {
        /// <summary>Whether nothing stands against it.</summary>
        public required bool Possible { get; init; }

        /// <summary>Why there is nothing to undo, as an undo would answer it; absent where there is.</summary>
        public Problem? Problem { get; init; }

        /// <summary>How many records are taken back.</summary>
        public required int Records { get; init; }

        /// <summary>What has been built on, and by what; the first 200.</summary>
        public required IReadOnlyList<BuiltOnRecordView> BuiltOn { get; init; }

        /// <summary>How many have been built on.</summary>
        public required int BuiltOnTotal { get; init; }
    }

    public static Task<IResult> Preview(string id, Call call, RuleBooks ruleBooks)
    {
        var refusal = new QueryReader(call.Request).Refusal();
        return call.Read<IResult>(async session =>
        {
            var (import, refused) = await Load(session, call.Caller, id);
            if ((refused ?? refusal) is { } wrong)
                return (Reply)wrong;
            var rules = await ruleBooks.Current(session);
            var (standing, _, impossible) = await Judge(
                session,
                call.Caller,
                import!,
                Messages.Language(call.Request),
                rules,
                null
            );
            var builtOn = standing.Where(one => one.By.Count > 0).ToList();
            return Reply.Plain(
                new PreviewView
                {
                    Possible = impossible is null && builtOn.Count == 0,
                    Problem = impossible is null ? null : Http.Problems.Of(call.Context, impossible),
                    Records = standing.Count,
                    BuiltOn =
                    [
                        .. builtOn
                            .Take(UndoImport.MostNamed)
                            .Select(one => new BuiltOnRecordView(one.RowNumber, one.RecordId, one.Name, one.By)),
                    ],
                    BuiltOnTotal = builtOn.Count,
                }
            );
        });
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var (import, refused) = await Load(session, call.Caller, id);
            if (refused is not null)
                return refused;
            if (body.Refusal is { } malformed)
                return malformed;
            var kind = Slug.To<RecordKind>(import!.Kind);
            await session.Lock(TakeRecords.LockOf(kind));
            import = (await RecordImports.Load(session, call.Caller, id))!;
            var rules = await ruleBooks.Current(session);
            var (standing, take, impossible) = await Judge(
                session,
                call.Caller,
                import,
                Messages.Language(call.Request),
                rules,
                settle
            );
            if (impossible is not null)
                return impossible;
            if (Refused(standing) is { } builtOn)
                return builtOn;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var reason = body.Value!.Reason!.Trim();
            foreach (var record in standing)
                await record.TakeBack(reason);
            await take!.End();
            await session.ExecuteOnOne(
                Undone,
                new
                {
                    id,
                    now = session.Now,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    reason,
                }
            );
            session.Note(
                new AuditEntry("import-undone")
                {
                    SubjectKind = "record-import",
                    SubjectId = id,
                    Reason = reason,
                    Changes = AuditEntry.Between(null, Json.Node(new { import.Kind, records = standing.Count })),
                }
            );
            var after = (await RecordImports.Load(session, call.Caller, id))!;
            return Reply.Resource(after.View(Messages.Language(call.Request)), after.Version);
        });
    }

    private static async Task<(RecordImportRow? Import, Refusal? Refusal)> Load(
        Session session,
        Caller caller,
        string id
    )
    {
        if (await RecordImports.Load(session, caller, id) is not { } import)
            return (null, Refusal.NotFound);
        return
            import.JurisdictionId == caller.JurisdictionId
            && Permissions.Allows(caller, TakeRecords.ActOf(Slug.To<RecordKind>(import.Kind)))
            ? (import, null)
            : (null, Refusal.Forbidden);
    }

    /// <summary>What the import stored and is still there, or why there is nothing to undo.</summary>
    /// <param name="settle">Has projects be as they should be by now; null where nothing may be written.</param>
    private static async Task<(IReadOnlyList<StandingRecord> Standing, ITakeBackRecords? Take, Refusal? Refusal)> Judge(
        Session session,
        Caller caller,
        RecordImportRow import,
        string language,
        RuleSet rules,
        SettleClaims? settle
    )
    {
        if (import.UndoneAt is not null)
            return ([], null, new Refusal(RefusalKind.Conflict, "import-undone"));
        var accepted = import.KeptRows().Where(row => row.Outcome == RecordOutcome.Accepted).ToList();
        if (accepted.Any(row => row.Trace is null))
            return ([], null, new Refusal(RefusalKind.Conflict, "import-untraced"));
        var kind = Slug.To<RecordKind>(import.Kind);
        ITakeBackRecords take =
            kind == RecordKind.LibraryEntries ? new TakeBackLibraryEntries(session, caller)
            : TakeRecords.IsOfProjects(kind) ? new TakeBackProjectRecords(session, caller, kind, rules, settle)
            : TakeRecords.IsOfResources(kind) ? new TakeBackResources(session, caller, kind, rules)
            : new TakeBackAssessments(session, caller, kind, language);
        var standing = new List<StandingRecord>();
        foreach (var row in accepted)
        {
            if (await take.Find(row) is { } record)
                standing.Add(record);
        }

        return standing.Count > 0
            ? (standing, take, null)
            : (standing, take, new Refusal(RefusalKind.Conflict, "nothing-to-undo"));
    }

    private static Refusal? Refused(IReadOnlyList<StandingRecord> standing)
    {
        var builtOn = standing.Where(one => one.By.Count > 0).ToList();
        if (builtOn.Count == 0)
            return null;
        var errors = builtOn
            .Take(UndoImport.MostNamed)
            .Select(one => new FieldError(
                $"rows.{one.RowNumber}",
                "row-built-on",
                one.RowNumber,
                one.Name,
                one.By.Cast<Enum>().ToList()
            ))
            .ToList();
        if (builtOn.Count - errors.Count is > 0 and var more)
            errors.Add(new FieldError("rows", "more-built-on", more));
        return new Refusal(RefusalKind.Conflict, "import-built-on", errors);
    }

    private const string Undone = """
        UPDATE record_imports SET undone_at = @now, undone_by = @by, undone_by_name = @byName, undo_reason = @reason
        WHERE id = @id AND undone_at IS NULL
        """;
}
