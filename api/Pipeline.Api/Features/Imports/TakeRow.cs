using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Stages = Pipeline.Domain.Imports.Stages;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes one understood row in, through the use cases of projects, claims and moves: the centre's as a backfill (R51), a unit's under the rules that bind it (R52).</summary>
public sealed class TakeRow(RuleBooks ruleBooks, StoreProject store, RegisterProject register, ReportProject report)
{
    /// <summary>Takes the row; what became of it. Nothing is stored in a dry run.</summary>
    public async Task<TakenRow> Take(Session session, ImportRun run, RegisterRow item)
    {
        var taken = await Decide(session, run, item);
        return taken with { MatchedOthers = run.MatchedOthers(item.Row.RowNumber) };
    }

    private async Task<TakenRow> Decide(Session session, ImportRun run, RegisterRow item)
    {
        var row = item.Row;
        if (row.IsRefused)
            return Refused(row.Issues);
        if (!run.IsBackfill)
        {
            // The own unit's register need not say whose it is.
            row = row with { Issues = [.. row.Issues.Where(issue => issue.Code != ImportCodes.OwnerUnknown)] };
            if (OfAnotherUnit(run, row) is { } foreign)
                return Refused([.. row.Issues, foreign]);
        }

        if (run.SameAs(item) is { } earlier)
            return new TakenRow
            {
                ProjectId = run.ProjectOfRow.GetValueOrDefault(earlier),
                Duplicate = true,
                Matches =
                [
                    new RowMatch
                    {
                        Level = MatchLevel.L1,
                        Reasons = ["same-content"],
                        RowNumber = earlier,
                    },
                ],
                Issues = row.Issues,
            };
        if (!run.Looked.ContainsKey(row.RowNumber))
            await Look(session, run, [item]);
        var looked = run.Looked[row.RowNumber];
        if (looked.Again is { } known)
            return known with { Issues = row.Issues };

        var rules = await ruleBooks.Current(session);
        var within = run.File.Matches(item.Facts, out var beyond);
        var found = Library(run, within, looked);
        var waiting = await WaitingReports(session, run);
        var alike = waiting
            .Where(report => report.OwnProjectId is null)
            .Select(report => (Report: report, Match: Matcher.Compare(item.Facts, report.Facts)))
            .Where(pair => pair.Match is not null)
            .Select(pair => (pair.Report, Match: pair.Match!))
            .ToList();
        var matches = Shown(run, within, found, alike);

        var target = await ByCode(session, run, looked.OwnId, waiting)
            ?? await Recognised(session, run, item, within, found, looked.Named, waiting, alike);
        if (target is not null && !MayBeClaimed(run, row, target, found, rules, session.Today))
            return ProposeUpdate.Of(run, row, target, matches);
        if (run.DryRun && within.Any(match => match.Match.Level == MatchLevel.L1))
            return new TakenRow
            {
                Action = RowAction.UpdateProposed,
                Issues = row.Issues,
                Matches = matches,
                Duplicate = true,
            };

        var issues = row.Issues.ToList();
        // The very name once more: the register does not say whether it is one project, so a person looks.
        if (matches.Count > 0 || run.File.HasName(item.Facts))
            issues.Add(OfRow(row, ImportCodes.PossibleDuplicate));
        if (Math.Max(beyond, looked.Beyond) is > 0 and var more)
            issues.Add(OfRow(row, ImportCodes.MoreMatches, null, more));
        var taken = run.IsBackfill
            ? Backfill(session, run, row, found)
            : await AsUnit(session, run, row, rules, found, target?.ProjectId);
        if (taken.Outcome == RowOutcome.Rejected)
            return taken with { Issues = [.. issues, .. taken.Issues], Matches = matches };
        return taken with { Issues = issues, Matches = matches };
    }

    /// <summary>Looks up what the library has of some rows, before the first of them goes in. A unit's are looked up one at a time: each may change what the next one finds.</summary>
    public async Task Look(Session session, ImportRun run, IReadOnlyList<RegisterRow> rows)
    {
        // Whether a row is new is asked under the lock under which it goes in: two imports of one file add it once.
        if (!run.DryRun)
            await session.Lock(LockName.Intake);
        run.Begin();
        rows = [.. rows.Where(item => !item.Row.IsRefused)];
        if (rows.Count == 0)
            return;
        var again = (
            await session.Query<KnownRow>(
                SameContent,
                new { hashes = rows.Select(item => item.ContentHash).Distinct() }
            )
        ).ToLookup(row => row.ContentHash);
        var named = (
            await session.Query<NamedRow>(
                OfEarlierImports,
                new
                {
                    nameKeys = rows.Select(item => RowSays.NameKey(item.Row)).Where(key => key.Length > 0).Distinct(),
                    importId = run.ImportId,
                }
            )
        ).ToLookup(row => (row.NameKey, row.OwnerId));
        var codes = rows.Select(item => item.Row.ProjectCode).OfType<string>().Distinct().ToList();
        var coded =
            codes.Count == 0
                ? []
                : (await session.Query<CodedRow>(OfCodes, new { codes })).ToDictionary(
                    project => project.Code,
                    project => project.Id,
                    StringComparer.Ordinal
                );
        var findings = await FindMatches.FindEach(
            session,
            rows.Select(item => item.Facts),
            await ruleBooks.Current(session),
            // How many projects others have of an investor must not show in what a unit's row is compared with (R20).
            run.IsBackfill
                ? WithinFile.MostMatches
                : int.MaxValue
        );
        foreach (var (item, finding) in rows.Zip(findings))
        {
            var row = item.Row;
            var known = again[item.ContentHash].FirstOrDefault();
            run.Looked[row.RowNumber] = new Looked(
                known is null
                    ? null
                    : new TakenRow
                    {
                        ProjectId = known.ProjectId,
                        ClaimId = known.ClaimId,
                        Duplicate = true,
                    },
                finding.Found,
                [.. named[(RowSays.NameKey(row), OwnerOf(run, row))].Select(project => project.Id)],
                row.ProjectCode is { } code ? coded.GetValueOrDefault(code) : null,
                finding.Beyond
            );
        }
    }

    /// <summary>Adds the projects of the rows taken so far.</summary>
    public async Task Settle(Session session, ImportRun run)
    {
        await store.Insert(session, await ruleBooks.Current(session), run.Waiting);
        run.Waiting.Clear();
    }

    /// <summary>The hash that recognises a row's content when it comes again: by field, so that neither the order of columns, nor the running number, nor a column that means nothing counts.</summary>
    public static string ContentHash(ImportRun run, TableRow row)
    {
        var cells = row.Cells;
        var fields = row
            .Table.Columns.Columns.Select(
                (column, at) => (Name: column.Feeds, Text: at < cells.Count ? cells[at].Text.Trim() : "")
            )
            .Append((Name: ImportFields.Stage + " above", Text: row.Lent?.Stage ?? ""))
            .Append((Name: ImportFields.Chain + " above", Text: row.Lent?.Chain ?? ""))
            .Where(cell => cell.Name is not (null or ImportFields.Number) && cell.Text.Length > 0)
            .OrderBy(cell => cell.Name, StringComparer.Ordinal);
        // A unit recognises its own rows only (R20).
        var scope = run.IsBackfill ? "city" : run.Caller.JurisdictionId ?? "";
        return Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    Json.Write(fields.Select(cell => new[] { cell.Name, cell.Text }).Prepend([scope]))
                )
            )
        );
    }

    private static TakenRow Refused(IReadOnlyList<RowIssue> issues) =>
        new() { Outcome = RowOutcome.Rejected, Issues = issues };

    private static RowIssue OfRow(UnderstoodRow row, string code, string? field = null, params object[] args) =>
        new(null, field, code, ImportCodes.SeverityOf(code), field is null ? row.Name : "", args);

    /// <summary>A unit's import may bring its own projects only (R52); an out-posted office finds for others.</summary>
    private static RowIssue? OfAnotherUnit(ImportRun run, UnderstoodRow row) =>
        row.OwnerId is { } owner
        && owner != run.Caller.JurisdictionId
        && run.OwnUnit?.Kind != Slug.Of(JurisdictionKind.Office)
            ? OfRow(row, ImportCodes.OtherJurisdiction, ImportFields.Place, run.Units[owner].Name)
            : null;

    /// <summary>What of the library the row matches, the projects of the rows just taken included. A unit's dry run asks only after its own (R20).</summary>
    private static IReadOnlyList<Found> Library(
        ImportRun run,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        Looked looked
    )
    {
        if (run.DryRun && !run.IsBackfill)
            return [.. looked.Found.Where(found => found.Project?.OwnerId == run.Caller.JurisdictionId)];
        if (run.Added.Count == 0)
            return looked.Found;
        var added = within
            .Select(match =>
                (
                    match.Match,
                    Project: run.ProjectOfRow.GetValueOrDefault(match.RowNumber) is { } id
                        ? run.Added.GetValueOrDefault(id)
                        : null
                )
            )
            .Where(match => match.Project is { Stage: not Stage.Terminated })
            .DistinctBy(match => match.Project!.Id)
            .Select(match => new Found(match.Match, match.Project, null, null));
        return [.. looked.Found.Concat(added).OrderBy(found => found.Match.Level)];
    }

    /// <summary>The matches the importer may know: rows of the own file, and of the library what is the caller's to see (R54).</summary>
    private static List<RowMatch> Shown(
        ImportRun run,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        IReadOnlyList<Found> found,
        IReadOnlyList<(WaitingReport Report, Match Match)> alike
    ) =>
        [
            .. within.Select(match => new RowMatch
            {
                Level = match.Match.Level,
                Reasons = match.Match.Reasons,
                RowNumber = match.RowNumber,
                ProjectId = run.ProjectOfRow.GetValueOrDefault(match.RowNumber),
            }),
            .. found
                .Where(match =>
                    match.Project is { } project
                    && !run.RowOfProject.ContainsKey(project.Id)
                    && (run.IsBackfill || project.OwnerId == run.Caller.JurisdictionId)
                )
                .Select(match => new RowMatch
                {
                    Level = match.Match.Level,
                    Reasons = match.Match.Reasons,
                    ProjectId = match.Project!.Id,
                }),
            .. alike
                .Where(match => !run.ClaimOfRow.ContainsValue(match.Report.ClaimId))
                .Select(match => new RowMatch
                {
                    Level = match.Match.Level,
                    Reasons = match.Match.Reasons,
                    ClaimId = match.Report.ClaimId,
                }),
        ];

    /// <summary>The project whose code the row bears; a unit's rows find its own only (R20).</summary>
    private static async Task<Known?> ByCode(
        Session session,
        ImportRun run,
        string? id,
        IReadOnlyList<WaitingReport> waiting
    ) =>
        id is not null
        && await LoadProject.ById(session, id) is { } project
        && (run.IsBackfill || project.OwnerId == run.Caller.JurisdictionId)
            ? Known.Of(project, waiting.Any(report => report.OwnProjectId == id))
            : null;

    /// <summary>The one project, or report of the own unit that waits, that this row is another account of: by R13, or by its name in the same unit where an earlier register brought it (R53).</summary>
    /// <remarks>A report that waits counts like the project it would have become if nobody else had reported it: what comes of a row must not show that somebody has (R52).</remarks>
    private async Task<Known?> Recognised(
        Session session,
        ImportRun run,
        RegisterRow row,
        IReadOnlyList<(int RowNumber, Match Match)> within,
        IReadOnlyList<Found> found,
        IReadOnlyList<string> named,
        IReadOnlyList<WaitingReport> waiting,
        IReadOnlyList<(WaitingReport Report, Match Match)> alike
    )
    {
        var same = found
            .Where(match =>
                match.Match.Level == MatchLevel.L1
                && match.Project is { } project
                && (run.IsBackfill || project.OwnerId == run.Caller.JurisdictionId)
            )
            .Select(match => match.Project!.Id)
            .Concat(
                within
                    .Where(match => match.Match.Level == MatchLevel.L1)
                    .Select(match =>
                        run.ProjectOfRow.GetValueOrDefault(match.RowNumber)
                        ?? run.ClaimOfRow.GetValueOrDefault(match.RowNumber)
                    )
                    .OfType<string>()
            )
            .Concat(alike.Where(match => match.Match.Level == MatchLevel.L1).Select(match => match.Report.ClaimId))
            .Distinct()
            .ToList();
        if (same.Count == 1)
        {
            if (waiting.FirstOrDefault(report => report.ClaimId == same[0]) is { } report)
                return Known.Of(report);
            if (run.Waiting.Exists(project => project.Id == same[0]))
                await Settle(session, run);
            return Known.Of((await LoadProject.ById(session, same[0]))!, Reported(same[0]));
        }

        if (same.Count > 1)
            return null;

        var facts = row.Facts;
        foreach (var id in named.Where(id => !run.RowOfProject.ContainsKey(id)))
        {
            var project = (await LoadProject.ById(session, id))!;
            var known = project.Body().Facts();
            var compatible =
                known.Investors.Count == 0
                || facts.Investors.Count == 0
                || known.Investors.Any(a => facts.Investors.Any(b => Matcher.IsSameInvestor(a, b) || a.Name == b.Name));
            if (compatible)
                return Known.Of(project, Reported(project.Id));
        }

        return null;

        bool Reported(string projectId) => waiting.Any(report => report.OwnProjectId == projectId);
    }

    /// <summary>The own unit's reports that wait, for another's claim to end or for the centre; none to a backfill.</summary>
    private static async Task<IReadOnlyList<WaitingReport>> WaitingReports(Session session, ImportRun run)
    {
        if (run.IsBackfill)
            return [];
        return run.WaitingReports ??= [
            .. (await session.Query<WaitingRow>(SelectWaiting, new { unit = run.Caller.JurisdictionId })).Select(
                claim => new WaitingReport(
                    claim.Id,
                    claim.OwnProjectId,
                    Json.Read<ProjectBody>(claim.Report),
                    Shanghai.DateOf(claim.ReceivedAt)
                )
            ),
        ];
    }

    private static string OwnerOf(ImportRun run, UnderstoodRow row) =>
        run.IsBackfill ? row.OwnerId ?? run.Centre.Id : run.Caller.JurisdictionId!;

    /// <summary>Whether a unit's row reports its own project, in the library already and never claimed: that is a first report, no change of facts (R14).</summary>
    private static bool MayBeClaimed(
        ImportRun run,
        UnderstoodRow row,
        Known known,
        IReadOnlyList<Found> found,
        RuleSet rules,
        DateOnly today
    ) =>
        !run.IsBackfill
        && known is { ProjectId: not null, Claimed: false, At: Stage.InTalks }
        && RowSays.StageOf(row) == Stage.InTalks
        && row is { TotalInvestment: { } total, Contact: { Kind: not null, OccurredOn: not null } }
        && rules.MustBeReported(total, today.Year)
        && found.Any(match => match.Match.Level == MatchLevel.L1 && match.Project?.Id == known.ProjectId);

    /// <summary>The centre's backfill (R51): any unit, any stage with the dates given, no exclusivity, no verification.</summary>
    private static TakenRow Backfill(Session session, ImportRun run, UnderstoodRow row, IReadOnlyList<Found> found)
    {
        var stage = RowSays.StageOf(row);
        var dates = RowSays.Reached(row, stage, session.Today);
        var body = RowSays.Body(run.Units, row, stage);
        if (Invalid(row, body, ProjectBody.Validator.Lenient, session.Today) is { Count: > 0 } invalid)
            return Refused(invalid);
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };

        var flags = new List<string> { "backfilled" };
        if (row.OwnerId is null)
            flags.Add(ImportCodes.OwnerUnknown);
        if (row.Stage is null)
            flags.Add(ImportCodes.StageUnknown);
        if (dates.Registered < dates.Signed)
            flags.Add(ImportCodes.RegisteredBeforeSigned);
        var owner = OwnerOf(run, row);
        var project = new NewProject
        {
            Body = body,
            OwnerId = owner,
            FirstTalkId = row.OwnerId,
            Stage = stage,
            Dates = dates,
            TerminatedOn = stage == Stage.Terminated ? session.Today : null,
            ImportId = run.ImportId,
            Flags = flags,
            Found = found,
        };
        run.Waiting.Add(project);
        run.Added.Add(project.Id, new KnownProject(project.Id, stage, owner, body.Secret, false, null, [], null));
        Timeline.Add(
            session,
            project.Id,
            EntryKind.Imported,
            run.Caller,
            owner,
            note: RowSays.Note(row),
            after: RowSays.Entry(run, row, stage)
        );
        return new TakenRow { Action = RowAction.Create, ProjectId = project.Id };
    }

    /// <summary>A unit's row (R52): in talks below the threshold registered, at or above it reported as a claim, a later stage as a project in talks with one pending move.</summary>
    private async Task<TakenRow> AsUnit(
        Session session,
        ImportRun run,
        UnderstoodRow row,
        RuleSet rules,
        IReadOnlyList<Found> found,
        string? ownId
    )
    {
        var stage = RowSays.StageOf(row);
        if (stage == Stage.Terminated)
            return Refused([OfRow(row, ImportCodes.StageNotImportable, ImportFields.Stage)]);
        var body = RowSays.Body(run.Units, row, stage);
        if (Invalid(row, body, ProjectBody.Validator.Complete, session.Today) is { Count: > 0 } invalid)
            return Refused(invalid);

        var mustBeReported = rules.MustBeReported(body.TotalInvestment!.Value, session.Today.Year);
        if (stage == Stage.InTalks)
            return mustBeReported
                ? await Claim(session, run, row, body, rules, ownId)
                : await Register(session, run, row, body);
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };

        var dates = RowSays.Reached(row, stage, session.Today);
        var project = new NewProject
        {
            Body = body,
            OwnerId = run.Caller.JurisdictionId!,
            FirstTalkId = run.Caller.JurisdictionId,
            Dates = new StageDates(dates.InTalks ?? session.Today, null, null, null, null),
            ImportId = run.ImportId,
            Found = found,
        };
        await store.Insert(session, rules, [project]);
        var id = project.Id;
        if (project.UnderReview)
            await session.Raise(new ProjectUnderReview(id, body));
        Timeline.Add(
            session,
            id,
            EntryKind.Imported,
            run.Caller,
            run.Caller.JurisdictionId,
            note: RowSays.Note(row),
            after: RowSays.Entry(run, row, stage)
        );
        await PendingMove(session, run, row, id, stage, dates, rules);
        return new TakenRow { Action = RowAction.Create, ProjectId = id };
    }

    private async Task<TakenRow> Register(Session session, ImportRun run, UnderstoodRow row, ProjectBody body)
    {
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };
        var result = await register.Register(session, run.Caller, body, run.ImportId);
        if (result.Refusal is { } refusal)
            return Refused(Issues(row, refusal));
        Timeline.Add(
            session,
            result.Value,
            EntryKind.Imported,
            run.Caller,
            run.Caller.JurisdictionId,
            note: RowSays.Note(row),
            after: RowSays.Entry(run, row, Stage.InTalks)
        );
        return new TakenRow { Action = RowAction.Create, ProjectId = result.Value };
    }

    private async Task<TakenRow> Claim(
        Session session,
        ImportRun run,
        UnderstoodRow row,
        ProjectBody body,
        RuleSet rules,
        string? ownId
    )
    {
        IReadOnlyList<ReportContact> contacts = row.Contact is { Kind: { } kind, OccurredOn: { } on }
            ?
            [
                new ReportContact
                {
                    Kind = Slug.To<ContactKind>(kind),
                    OccurredOn = on,
                    Note = row.Contact.Note,
                },
            ]
            : [];
        var incomplete = Intake.Incomplete(
            body.Name,
            body.PrimaryInvestor(),
            body.TotalInvestment,
            body.IndustryCode,
            [.. contacts.Select(contact => contact.ToContact())],
            session.Today,
            rules
        );
        if (incomplete.Count > 0)
            return Refused(Issues(row, new Refusal(RefusalKind.Rule, ImportCodes.ReportIncomplete, incomplete)));
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };
        var result = await report.TakeOfRegister(
            session,
            run.Caller,
            new ReportProject.Request { Project = body, Contacts = contacts },
            ownId
        );
        if (result.Refusal is { } refusal)
            return Refused(Issues(row, refusal));
        var projectId = await session.One<string>(ActiveClaim, new { id = result.Value });
        if (projectId is null)
            run.WaitingReports?.Add(new WaitingReport(result.Value, ownId, body, session.Today));
        if (projectId is not null)
            Timeline.Add(
                session,
                projectId,
                EntryKind.Imported,
                run.Caller,
                run.Caller.JurisdictionId,
                note: RowSays.Note(row),
                after: RowSays.Entry(run, row, Stage.InTalks)
            );
        return new TakenRow
        {
            Action = RowAction.Create,
            ProjectId = projectId ?? ownId,
            ClaimId = result.Value,
        };
    }

    /// <summary>The stage the row says, as a move that waits for the centre; its evidence is what the register holds.</summary>
    private static async Task PendingMove(
        Session session,
        ImportRun run,
        UnderstoodRow row,
        string projectId,
        Stage stage,
        StageDates dates,
        RuleSet rules
    )
    {
        var occurredOn = dates.Of(stage) ?? session.Today;
        var reaches = Enumerable
            .Range(1, (int)stage)
            .Select(at => (Stage)at)
            .Select(at => new Reach(at, at == stage ? occurredOn : dates.Of(at) ?? occurredOn))
            .ToList();
        var flags = new List<string> { "imported" };
        if (dates.Of(stage) is null)
            flags.Add("date-unknown");
        if (dates.Registered < dates.Signed)
            flags.Add(Domain.Projects.Moves.RegisteredBeforeSigned);
        // Whether the agreement is formal, and its sum, the register does not say.
        var evidence = new Evidence { SignedOn = dates.Signed, RegisteredOn = dates.Registered };
        var moveId = Ids.New();
        await session.Execute(
            InsertMove,
            new
            {
                id = moveId,
                projectId,
                to = Slug.Of(stage),
                occurredOn,
                reaches = Json.Write(reaches),
                evidence = Json.Write(evidence),
                note = RowSays.Note(row),
                flags = Json.Write(flags),
                unit = run.Caller.JurisdictionId,
                by = run.Caller.UserId,
                byName = run.Caller.DisplayName,
                now = session.Now,
                ruleSetId = rules.Id,
            }
        );
        Timeline.Add(
            session,
            projectId,
            EntryKind.MoveSubmitted,
            run.Caller,
            run.Caller.JurisdictionId,
            occurredOn: occurredOn,
            note: RowSays.Note(row),
            before: new { stage = Stage.InTalks },
            after: new
            {
                moveId,
                to = stage,
                evidence,
            }
        );
    }

    private static IReadOnlyList<RowIssue> Issues(UnderstoodRow row, Refusal refusal) =>
        refusal.Errors.Count == 0
            ? [OfRow(row, refusal.Slug)]
            :
            [
                .. refusal.Errors.Select(error =>
                    OfRow(row, refusal.Slug, Field(error.Field), error.Field, error.Code)
                ),
            ];

    /// <summary>What keeps the body from being stored, in the register's own terms.</summary>
    private static List<RowIssue> Invalid(
        UnderstoodRow row,
        ProjectBody body,
        ProjectBody.Validator validator,
        DateOnly today
    ) =>
        [
            .. Validation
                .Failures(validator, body, today)
                .Select(error => (error.PropertyName, error.ErrorCode))
                .Select(error =>
                    error switch
                    {
                        ("investors", "required") => OfRow(row, ImportCodes.InvestorMissing, ImportFields.Investor),
                        ("totalInvestment", "required") => OfRow(
                            row,
                            ImportCodes.AmountMissing,
                            ImportFields.TotalInvestment
                        ),
                        ("industryCode", "required") => OfRow(row, ImportCodes.IndustryMissing, ImportFields.Industry),
                        _ => OfRow(
                            row,
                            ImportCodes.NotStorable,
                            Field(error.PropertyName),
                            error.PropertyName,
                            error.ErrorCode
                        ),
                    }
                ),
        ];

    private static string? Field(string member) =>
        member.Split('.', '[') switch
        {
            ["project", var second, ..] => Field(second),
            ["investors", ..] => ImportFields.Investor,
            ["contacts", ..] => ImportFields.ContactKind,
            ["landingPlace", ..] => ImportFields.Place,
            [var first, ..] when ImportFields.Exists(first) => first,
            _ => null,
        };

    private sealed class CodedRow
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed class NamedRow
    {
        public required string Id { get; init; }
        public required string NameKey { get; init; }
        public required string OwnerId { get; init; }
    }

    private sealed class WaitingRow
    {
        public required string Id { get; init; }
        public string? OwnProjectId { get; init; }
        public required string Report { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
    }

    private sealed class KnownRow
    {
        public required string ContentHash { get; init; }
        public string? ProjectId { get; init; }
        public string? ClaimId { get; init; }
    }

    private const string SameContent = """
        SELECT content_hash, project_id, claim_id FROM import_rows
        WHERE content_hash IN @hashes AND action_taken = 'create' AND outcome = 'accepted' AND (project_id IS NOT NULL OR claim_id IS NOT NULL)
        ORDER BY import_id, row_number
        """;

    private const string OfCodes = "SELECT id, code FROM projects WHERE code IN @codes";

    private const string OfEarlierImports =
        "SELECT id, name_key, owner_id FROM projects WHERE name_key IN @nameKeys AND import_id IS NOT NULL AND import_id <> @importId ORDER BY seq";
    private const string SelectWaiting =
        "SELECT id, own_project_id, report, received_at FROM claims WHERE jurisdiction_id = @unit AND status IN ('queued', 'under-review')";
    private const string ActiveClaim = "SELECT project_id FROM claims WHERE id = @id AND status = 'active'";

    private const string InsertMove = """
        INSERT INTO moves (id, project_id, kind, from_stage, to_stage, occurred_on, reaches, evidence, note, status, flags, jurisdiction_id, submitted_by, submitted_by_name, submitted_at, rule_set_id, version)
        VALUES (@id, @projectId, 'forward', 'in-talks', @to, @occurredOn, @reaches, @evidence, @note, 'pending', @flags, @unit, @by, @byName, @now, @ruleSetId, 1)
        """;
}
