using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes a sheet of records in, row by row under the rights and rules of the single call; every row is accounted for (R50), and what the library says already is left as it is (R53).</summary>
public static class TakeRecords
{
    private const int MostRows = 2_000,
        MostRowsAbove = 10;

    private sealed record Request(RecordKind Kind, bool DryRun, string FileName, byte[] Content);

    /// <summary>A sheet understood.</summary>
    private sealed record Table(
        IReadOnlyList<string> Headings,
        IReadOnlyList<RecordField?> Fields,
        IReadOnlyList<SheetRow> Rows
    );

    public static async Task<IResult> Handle(Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var (request, refusal) = await Read(call.Request);
        var language = Messages.Language(call.Request);
        return await call.Write(async session =>
        {
            if (refusal is not null)
                return refusal;
            if (ActOf(request!.Kind) is var act && !Permissions.Allows(call.Caller, act))
                return Refusal.Forbidden;
            Table table;
            try
            {
                table = Understand(request.Kind, SheetReader.Read(request.Content, call.Context.RequestAborted));
            }
            catch (UnreadableSheetException error)
            {
                return Refusal.Invalid(new FieldError("file", error.Code, [.. error.Args]));
            }

            // Several projects at once are guarded under the lock of the intake alone.
            await session.Lock(LockOf(request.Kind));
            var rules = await ruleBooks.Current(session);
            ITakeRecords take =
                request.Kind == RecordKind.LibraryEntries ? new TakeLibraryEntries(session, call.Caller, request.DryRun)
                : IsOfProjects(request.Kind)
                    ? new TakeProjectRecords(
                        session,
                        call.Caller,
                        settle,
                        rules,
                        request.Kind,
                        act,
                        request.DryRun,
                        request.FileName
                    )
                : IsOfResources(request.Kind) ? new TakeResources(session, call.Caller, request.Kind, request.DryRun)
                : new TakeAssessments(session, call.Caller, request.Kind, request.DryRun, request.FileName);
            var rows = new List<KeptRecordRow>();
            foreach (var row in table.Rows)
                rows.Add(Kept(table, row, await take.Take(new RecordCells(table.Fields, table.Headings, row))));
            await take.End();
            var kept = await Keep(session, call.Caller, request, table, rows);
            var view = kept.View(language) with { Id = request.DryRun ? null : kept.Id, DryRun = request.DryRun };
            return request.DryRun
                ? Reply.Plain(view)
                : Reply.Resource(view, 1, 201, $"/api/v1/record-imports/{kept.Id}");
        });
    }

    /// <summary>Whether the rows name projects.</summary>
    internal static bool IsOfProjects(RecordKind kind) =>
        kind is RecordKind.Capital or RecordKind.SigningNotices or RecordKind.FixedInvestment;

    /// <summary>Whether the rows tell what the city has to offer, and whom it seeks.</summary>
    internal static bool IsOfResources(RecordKind kind) =>
        kind is RecordKind.Parcels or RecordKind.ChainNodes or RecordKind.Events or RecordKind.FinancingNeeds;

    internal static LockName LockOf(RecordKind kind) =>
        kind == RecordKind.LibraryEntries ? LockName.Library
        : IsOfResources(kind) ? LockName.Resources
        : IsOfProjects(kind) ? LockName.Intake
        : LockName.Assessment;

    /// <summary>What the caller must be allowed to do, row by row.</summary>
    internal static Act ActOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.Capital => Act.SubmitCapital,
            RecordKind.SigningNotices => Act.FileSigningNotice,
            RecordKind.Targets => Act.SetTarget,
            RecordKind.IndicatorValues => Act.StateValue,
            RecordKind.LibraryEntries => Act.EditLibraries,
            RecordKind.Parcels => Act.ManageLand,
            RecordKind.ChainNodes => Act.TendChains,
            RecordKind.Events => Act.ManageEvents,
            RecordKind.FinancingNeeds => Act.ManageNeeds,
            _ => Act.RecordInvestment,
        };

    private static async Task<(Request? Request, Refusal? Refusal)> Read(HttpRequest request)
    {
        var (form, malformed) = await Upload.Read(request);
        if (malformed is not null)
            return (null, malformed);
        var query = new QueryReader(request);
        var errors = new List<FieldError>();
        var dryRun = query.FlagOrNull("dryRun") ?? false;
        if (form.Fields.TryGetValue("dryRun", out var flag))
        {
            if (flag is not ("true" or "false"))
                errors.Add(new FieldError("dryRun", "boolean"));
            dryRun = flag == "true";
        }

        var kind = query.Choice<RecordKind>("kind");
        if (query.Refusal() is { } wrong)
            return (null, wrong);
        if (form.Fields.TryGetValue("kind", out var named) && named.Length > 0)
        {
            if (Slug.TryTo<RecordKind>(named, out var said))
                kind = said;
            else
                errors.Add(new FieldError("kind", "choice", string.Join(", ", Slug.All<RecordKind>())));
        }
        else if (kind is null)
        {
            errors.Add(new FieldError("kind", "required"));
        }

        if (form.FileName is not { } fileName)
            errors.Add(new FieldError("file", "required"));
        else if (!Validation.Readable(fileName))
            errors.Add(new FieldError("file", "characters"));
        else if (!Validation.OneLine(fileName))
            errors.Add(new FieldError("file", "one-line"));
        else if (SheetReader.KindRefused(form.Content, fileName) is { } refused)
            errors.Add(new FieldError("file", refused));
        if (errors.Count > 0)
            return (null, Refusal.Invalid([.. errors]));
        using var content = new MemoryStream();
        await form.Content.CopyToAsync(content, request.HttpContext.RequestAborted);
        var name = Path.GetFileName(form.FileName!.Replace('\\', '/'));
        return (new Request(kind!.Value, dryRun, name.Length <= 200 ? name : name[^200..], content.ToArray()), null);
    }

    /// <summary>Finds the headings and the rows below them.</summary>
    /// <exception cref="UnreadableSheetException">There is more than one sheet, no row of headings, or too many rows.</exception>
    private static Table Understand(RecordKind kind, IReadOnlyList<RegisterSheet> sheets)
    {
        var shown = sheets.Where(sheet => !sheet.IsHidden && sheet.Rows.Count > 0).ToList();
        if (shown.Count != 1)
            throw new UnreadableSheetException("one-sheet");
        var sheet = shown[0];
        for (var at = 0; at < Math.Min(MostRowsAbove, sheet.Rows.Count); at++)
        {
            List<string> headings = [.. sheet.Rows[at].Cells.Select(cell => Written.Tidy(cell.Text))];
            var fields = RecordFields.Map(kind, headings);
            var needed = RecordFields.Of(kind).Where(field => field.IsRequired).Select(field => field.Key).ToList();
            if (fields.Count(field => field is not null) < 2)
                continue;
            if (
                needed.Except(fields.OfType<RecordField>().Select(field => field.Key)).ToList() is
                { Count: > 0 } missing
            )
                throw new UnreadableSheetException(
                    "columns-missing",
                    string.Join(
                        '、',
                        RecordFields.Of(kind).Where(field => missing.Contains(field.Key)).Select(field => field.Zh)
                    )
                );
            List<SheetRow> rows = [.. sheet.Rows.Skip(at + 1).Where(row => !row.IsBlank)];
            if (rows.Count > MostRows)
                throw new UnreadableSheetException("sheet-rows", MostRows);
            return rows.Count > 0
                ? new Table(headings, fields, rows)
                : throw new UnreadableSheetException("sheet-empty");
        }

        throw new UnreadableSheetException("no-headings");
    }

    private static KeptRecordRow Kept(Table table, SheetRow row, TakenRecord taken) =>
        new(
            row.Number,
            taken.Outcome,
            taken.RecordId,
            [
                .. taken.Issues.Select(issue =>
                {
                    var member = issue.Field.Split('[', '.')[0];
                    var at = table.Fields.ToList().FindIndex(field => field is not null && Means(field, member));
                    return new KeptRecordIssue(
                        at < 0 ? null : table.Headings[at],
                        member.Length == 0 ? null : member,
                        issue.Code,
                        [.. issue.Args.Select(Shown)]
                    );
                }),
            ],
            row.Cells.Select((cell, at) => (Heading: HeadingAt(table, at), cell.Original))
                .Where(cell => cell.Original.Length > 0)
                .GroupBy(cell => cell.Heading)
                .ToDictionary(group => group.Key, group => string.Join(" | ", group.Select(cell => cell.Original))),
            taken.Trace
        );

    private static bool Means(RecordField field, string member) =>
        field.Key == member || (member == RecordFields.Amount && field.Key == "agreedAmount");

    private static string HeadingAt(Table table, int at) =>
        at < table.Headings.Count && table.Headings[at].Length > 0
            ? table.Headings[at]
            : (at + 1).ToString(CultureInfo.InvariantCulture);

    private static string Shown(object arg) =>
        arg is Enum value ? Messages.KeyOf(value) : Convert.ToString(arg, CultureInfo.InvariantCulture) ?? "";

    private static async Task<RecordImportRow> Keep(
        Session session,
        Caller caller,
        Request request,
        Table table,
        IReadOnlyList<KeptRecordRow> rows
    )
    {
        var kept = new RecordImportRow
        {
            Id = Ids.New(),
            Kind = Slug.Of(request.Kind),
            FileName = request.FileName,
            JurisdictionId = caller.JurisdictionId,
            CreatedBy = caller.UserId,
            CreatedByName = caller.DisplayName,
            CreatedAt = session.Now,
            RowsAccepted = rows.Count(row => row.Outcome == RecordOutcome.Accepted),
            RowsUnchanged = rows.Count(row => row.Outcome == RecordOutcome.Unchanged),
            RowsRejected = rows.Count(row => row.Outcome == RecordOutcome.Rejected),
            RowsDoubtful = rows.Count(row => row.Outcome == RecordOutcome.Accepted && row.Issues.Count > 0),
            ColumnsRead = Json.Write(
                table.Headings.Zip(table.Fields, (heading, field) =>
                    new RecordColumn(heading, field is { IsRead: true } ? field.Key : null)
                )
            ),
            RowsTaken = Json.Write(rows),
        };
        if (!request.DryRun)
            await session.Execute(
                Insert,
                new
                {
                    id = kept.Id,
                    kind = kept.Kind,
                    fileName = kept.FileName,
                    unit = kept.JurisdictionId,
                    by = kept.CreatedBy,
                    byName = kept.CreatedByName,
                    now = kept.CreatedAt,
                    accepted = kept.RowsAccepted,
                    unchanged = kept.RowsUnchanged,
                    rejected = kept.RowsRejected,
                    doubtful = kept.RowsDoubtful,
                    columns = kept.ColumnsRead,
                    rows = kept.RowsTaken,
                }
            );
        return kept;
    }

    private const string Insert = """
        INSERT INTO record_imports (id, kind, file_name, jurisdiction_id, created_by, created_by_name, created_at, rows_accepted, rows_unchanged, rows_rejected, rows_doubtful, columns_read, rows_taken)
        VALUES (@id, @kind, @fileName, @unit, @by, @byName, @now, @accepted, @unchanged, @rejected, @doubtful, @columns, @rows)
        """;
}
