using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Exports;

/// <summary>Records as their lists find them, in one file: capital paid in and signing notices with the headings by which an import reads them again, problems, removals and leader links.</summary>
public static class ExportRecords
{
    // So many are read at once.
    private const int PageSize = 200;

    /// <summary>To whom, when, by which rules and in which language it is told.</summary>
    internal sealed record Told(
        Caller Caller,
        DateTimeOffset Now,
        RuleBook Book,
        WorkCalendar Calendar,
        string Language
    );

    /// <summary>What one record says under a heading: a text, a number, a day, an instant, or nothing.</summary>
    internal sealed record Sheet<TRow>(
        IReadOnlyList<RecordField> Fields,
        string Name,
        Conditions Filter,
        string Number,
        string Select,
        Func<TRow, long> Seq,
        Func<TRow, Told, Dictionary<string, object?>> Cells,
        Func<TRow, AuditEntry?>? SecretRead = null,
        Func<Session, Caller, IReadOnlyList<TRow>, Task>? NameAsKnown = null
    );

    public static Task<IResult> Capital(Call call, RuleBooks ruleBooks, bool csv) =>
        Handle(call, ruleBooks, csv, query => new Sheet<CapitalRow>(
            RecordFields.Capital,
            "capital",
            CapitalFilter.Read(query, call.Caller),
            "e.seq",
            CapitalRow.Select,
            row => row.Seq,
            CapitalCells,
            row => row.Secret ? row.SecretRead() : null,
            CapitalRow.NameAsKnown
        ));

    public static Task<IResult> Notices(Call call, RuleBooks ruleBooks, bool csv) =>
        Handle(call, ruleBooks, csv, query => new Sheet<SigningNoticeRow>(
            RecordFields.SigningNotices,
            "signing-notices",
            SigningFilter.Read(query, call.Caller),
            "n.seq",
            SigningNoticeRow.Select,
            row => row.Seq,
            NoticeCells,
            row => row.Secret ? row.SecretRead() : null,
            SigningNoticeRow.NameAsKnown
        ));

    public static Task<IResult> Problems(Call call, RuleBooks ruleBooks, bool csv) =>
        Handle(call, ruleBooks, csv, query => new Sheet<ProblemRow>(
            RecordFields.Problems,
            "problems",
            ProblemFilter.Read(query, call.Caller),
            "b.seq",
            ProblemRow.Select,
            row => row.Seq,
            ProblemCells,
            row => row.Secret ? row.SecretRead() : null
        ));

    public static Task<IResult> Removals(Call call, RuleBooks ruleBooks, bool csv) =>
        Handle(call, ruleBooks, csv, query => new Sheet<RemovalRow>(
            RecordFields.Removals,
            "removals",
            RemovalFilter.Read(query, call.Caller),
            "r.seq",
            RemovalRow.Select,
            row => row.Seq,
            RemovalCells,
            row => row.Secret ? row.SecretRead() : null,
            RemovalRow.NameAsKnown
        ));

    public static Task<IResult> Links(Call call, RuleBooks ruleBooks, bool csv) =>
        Handle(call, ruleBooks, csv, query => new Sheet<LeaderLinkRow>(
            RecordFields.LeaderLinks,
            "leader-links",
            LeaderLinkFilter.Read(query, call.Caller),
            "k.seq",
            LeaderLinkRow.Select,
            row => row.Seq,
            LinkCells,
            row => row.Secret ? row.SecretRead() : null
        ));

    public static Task<IResult> Targets(Call call, RuleBooks ruleBooks, bool csv)
    {
        var query = new QueryReader(call.Request);
        var filter = new Conditions();
        filter.Add("t.year = @year", "year", query.Whole("year", TargetRow.FirstYear, TargetRow.LastYear));

        // The last version of each; for those who do not see what waits for its second person, the one in force.
        filter.Add(
            TargetRow.SeesProposals(call.Caller)
                ? "t.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM targets x WHERE x.year = t.year AND x.unit_id = t.unit_id AND x.indicator_id = t.indicator_id AND x.version > t.version AND x.withdrawn_at IS NULL)"
                : "t.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM targets x WHERE x.year = t.year AND x.unit_id = t.unit_id AND x.indicator_id = t.indicator_id AND x.version > t.version AND x.published_at IS NOT NULL)"
        );
        var names = new Names();
        return Handle(
            call,
            ruleBooks,
            csv,
            query,
            new Sheet<TargetRow>(
                RecordFields.Targets,
                "targets",
                filter,
                "t.seq",
                TargetRow.Select,
                row => row.Seq,
                names.TargetCells,
                NameAsKnown: (session, _, _) => names.Load(session)
            )
        );
    }

    /// <summary>The names of units and indicators, which targets are told by.</summary>
    private sealed class Names
    {
        private Dictionary<string, JurisdictionRow>? units;
        private Dictionary<string, Domain.Assessment.IndicatorDefinition>? indicators;

        public async Task Load(Session session)
        {
            units ??= (await JurisdictionRow.All(session)).ToDictionary(unit => unit.Id);
            indicators ??= (await IndicatorRow.Known(session)).ToDictionary(indicator => indicator.Id);
        }

        public Dictionary<string, object?> TargetCells(TargetRow row, Told to)
        {
            var english = to.Language == Messages.English;
            var unit = row.UnitId.Length == 0 ? null : units!.GetValueOrDefault(row.UnitId);
            var indicator = indicators!.GetValueOrDefault(row.IndicatorId);
            return new(StringComparer.Ordinal)
            {
                ["year"] = (decimal)row.Year,
                ["jurisdiction"] =
                    row.UnitId.Length == 0 ? CellText.Of(to.Language, "export.city")
                    : english ? unit?.NameEn ?? unit?.Name
                    : unit?.Name,
                ["indicator"] = english ? indicator?.NameEn ?? indicator?.Name : indicator?.Name,
                ["value"] = row.Number,
                ["binding"] = CellText.YesOrNo(to.Language, row.Binding),
                ["reason"] = row.Reason,
                ["version"] = (decimal)row.Version,
                ["published"] = CellText.YesOrNo(to.Language, row.PublishedAt is not null),
            };
        }
    }

    internal static Task<IResult> Handle<TRow>(
        Call call,
        RuleBooks ruleBooks,
        bool csv,
        Func<QueryReader, Sheet<TRow>> sheet
    )
    {
        var query = new QueryReader(call.Request);
        return Handle(call, ruleBooks, csv, query, sheet(query));
    }

    internal static async Task<IResult> Handle<TRow>(
        Call call,
        RuleBooks ruleBooks,
        bool csv,
        QueryReader query,
        Sheet<TRow> sheet
    )
    {
        var headings = query.Choice<Headings>("headers") ?? Headings.Words;
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var language = Messages.Language(call.Request);
        var told = await call.Read(async session =>
        {
            session.Note(
                new AuditEntry($"export-{sheet.Name}")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = sheet.Name,
                    Reason = call.Request.QueryString.Value,
                }
            );
            return new Told(
                call.Caller,
                session.Now,
                await ruleBooks.Load(session),
                await WorkCalendars.Load(session),
                CellText.LanguageOf(headings, language)
            );
        });
        var fields = sheet.Fields;
        var words = Messages.Text(language, $"export.{sheet.Name}");
        SentFile.Begin(
            call,
            csv ? $"{CsvTable.ContentType}; charset=utf-8" : Workbook.ContentType,
            sheet.Name,
            words,
            Shanghai.DateOf(told.Now),
            csv ? "csv" : "xlsx"
        );
        if (Methods.IsHead(call.Context))
            return Results.Empty;
        try
        {
            var stream = new Unsent(call.Context.Response.BodyWriter);
            ITable table = csv
                ? new CsvTable(stream)
                : await Workbook.Begin(stream, words, [.. fields.Select(field => field.Width)]);
            foreach (var field in fields)
                table.Text(
                    headings == Headings.Keys ? field.Key
                    : language == Messages.English ? field.En
                    : field.Zh
                );
            await table.EndRow();
            await SentFile.Flush(call, table);

            // From the newest down, each page a short read; what is added meanwhile is not in it, and nothing is told twice.
            for (var below = long.MaxValue; ; )
            {
                var rows = await Page(call, sheet, below);
                foreach (var row in rows)
                    await Write(table, fields, sheet.Cells(row, told));
                if (rows.Count < PageSize)
                    break;
                below = sheet.Seq(rows[^1]);
                await SentFile.Flush(call, table);
            }

            await table.End();
            await call.Context.Response.BodyWriter.FlushAsync(call.Context.RequestAborted);
        }
        catch
        {
            // What has been sent looks like a shorter list; only a broken connection says that it is none.
            call.Context.Abort();
            throw;
        }

        return Results.Empty;
    }

    private static Task<List<TRow>> Page<TRow>(Call call, Sheet<TRow> sheet, long below) =>
        call.Read(async session =>
        {
            var parameters = new Parameters();
            foreach (var (name, value) in sheet.Filter.Values)
                parameters.Add(name, value);
            parameters.Add("below", below);
            parameters.Add("limit", PageSize);
            var rows = await session.Query<TRow>(
                $"{sheet.Select} WHERE {sheet.Filter.Sql} AND {sheet.Number} < @below ORDER BY {sheet.Number} DESC {{page}}",
                parameters
            );
            foreach (var read in rows.Select(row => sheet.SecretRead?.Invoke(row)).OfType<AuditEntry>())
                session.Note(read);
            if (sheet.NameAsKnown is { } nameAsKnown)
                await nameAsKnown(session, call.Caller, rows);
            return rows;
        });

    private static ValueTask Write(
        ITable table,
        IReadOnlyList<RecordField> fields,
        IReadOnlyDictionary<string, object?> cells
    )
    {
        foreach (var field in fields)
        {
            switch (cells.GetValueOrDefault(field.Key))
            {
                case decimal number:
                    table.Number(number);
                    break;
                case DateOnly day:
                    table.Day(day);
                    break;
                case DateTimeOffset instant:
                    table.Instant(instant);
                    break;
                case var text:
                    table.Text(text as string);
                    break;
            }
        }

        return table.EndRow();
    }

    private static Dictionary<string, object?> CapitalCells(CapitalRow row, Told to)
    {
        var (told, language) = (row.View(to.Caller, to.Book), to.Language);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.ProjectCode,
            ["projectName"] = told.ProjectName,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["occurredOn"] = told.OccurredOn,
            [RecordFields.Amount] = told.Amount.Amount,
            [RecordFields.Currency] = told.Amount.Currency,
            ["kind"] = CellText.Of(language, told.Kind),
            ["payer"] = told.Payer,
            ["voucherKind"] = CellText.Of(language, told.VoucherKind),
            ["voucherNo"] = told.VoucherNo,
            ["files"] = string.Join('、', told.Files.Select(file => file.Name)),
            ["foreign"] = told.Foreign ? CellText.YesOrNo(language, true) : null,
            ["usd"] = told.Usd?.Amount,
            ["status"] = CellText.Of(language, told.Status),
            ["period"] = told.Period,
            ["belongsTo"] = told.BelongsTo,
            ["submittedAt"] = told.SubmittedAt,
            ["decidedAt"] = told.DecidedAt,
            ["reason"] = told.Reason,
            ["doubts"] = told.Doubts is { } doubts
                ? string.Join('、', doubts.Select(doubt => CellText.Of(language, $"code.{doubt}")))
                : null,
        };
    }

    private static Dictionary<string, object?> NoticeCells(SigningNoticeRow row, Told to)
    {
        var (told, language) = (row.View(to.Caller), to.Language);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.ProjectCode,
            ["projectName"] = told.ProjectName,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["plannedSigningOn"] = told.PlannedSigningOn,
            ["parties"] = told.Parties,
            ["agreedAmount"] = told.AgreedAmount.Amount,
            [RecordFields.Currency] = told.AgreedAmount.Currency,
            ["place"] = told.Place,
            ["leadersWanted"] = told.LeadersWanted is { } leaders ? string.Join('、', leaders) : null,
            ["filedOn"] = told.FiledOn,
            ["signedOn"] = told.SignedOn,
            ["daysAhead"] = (decimal)told.DaysAhead,
            ["timely"] = CellText.YesOrNo(language, told.Timely),
            ["waived"] = told.Waived?.Reason,
            ["status"] = CellText.Of(language, told.Status),
            ["reason"] = told.EndReason,
        };
    }

    private static Dictionary<string, object?> ProblemCells(ProblemRow row, Told to)
    {
        var (told, language) = (row.View(to.Caller, to.Now, to.Book, to.Calendar), to.Language);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.Project.Code,
            ["projectName"] = told.Project.Name,
            ["jurisdiction"] = told.Jurisdiction?.Name,
            ["title"] = told.Title,
            ["kind"] = CellText.Of(language, told.Kind),
            ["urgent"] = told.Urgent ? CellText.YesOrNo(language, true) : null,
            ["blocks"] = told.Blocks is { } stage ? CellText.Of(language, stage) : null,
            ["status"] = CellText.Of(language, told.Status),
            ["department"] = told.Department?.Name,
            ["raisedAt"] = told.RaisedAt,
            ["dueOn"] = told.DueOn,
            ["overdue"] = told.Overdue ? CellText.YesOrNo(language, true) : null,
            ["level"] = (decimal)told.Level,
            ["dueChanges"] = (decimal)told.DueChanges,
            ["answer"] = told.Answer?.Text,
            ["outcome"] = told.Outcome,
            ["closedAt"] = told.ClosedAt,
            ["closedIn"] = told.ClosedIn is { } days ? (decimal)days : null,
            ["inTime"] = told.InTime is { } inTime ? CellText.YesOrNo(language, inTime) : null,
        };
    }

    private static Dictionary<string, object?> RemovalCells(RemovalRow row, Told to)
    {
        var (told, language) = (row.View(to.Caller, to.Now, to.Calendar), to.Language);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.ProjectCode,
            ["projectName"] = told.ProjectName,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["status"] = CellText.Of(language, told.Status),
            ["idleSince"] = told.IdleSince,
            ["dueOn"] = told.DueOn,
            ["proposedAt"] = told.ProposedAt,
            ["contestUntil"] = told.ContestUntil,
            ["endedAt"] = told.EndedAt,
            ["reason"] = told.EndReason,
        };
    }

    private static Dictionary<string, object?> LinkCells(LeaderLinkRow row, Told to)
    {
        var (told, language) = (row.View(Shanghai.DateOf(to.Now), to.Book.At(to.Now)), to.Language);
        return new(StringComparer.Ordinal)
        {
            [RecordFields.Code] = told.Project.Code,
            ["projectName"] = told.Project.Name,
            ["jurisdiction"] = told.Jurisdiction.Name,
            ["leader"] = told.Leader.Name,
            ["role"] = CellText.Of(language, told.Role),
            ["stage"] = CellText.Of(language, told.Project.Stage),
            [RecordFields.Amount] = told.Project.TotalInvestment?.Amount,
            [RecordFields.Currency] = told.Project.TotalInvestment?.Currency,
            ["batch"] = (decimal)told.Batch,
            ["since"] = told.Since,
            ["lastContactOn"] = told.LastContactOn,
            ["noContact"] = told.NoContact ? CellText.YesOrNo(language, true) : null,
            ["status"] = CellText.Of(language, told.Status),
            ["endBatch"] = told.EndBatch is { } batch ? (decimal)batch : null,
            ["endedOn"] = told.EndedOn,
            ["reason"] = told.EndReason is { } end ? CellText.Of(language, end) : null,
        };
    }
}
